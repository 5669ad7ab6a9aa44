import { Module } from '@nestjs/common';
import { PlatformModule } from '../platform/platform.module';
import { OwnScripts } from './own-scripts';
import { Styles } from './styles';
import { Templates } from './templates';

@Module({
  imports: [PlatformModule],
  providers: [OwnScripts, Styles, Templates],
  exports: [OwnScripts, Styles, Templates],
})
export class TemplatesModule {}
