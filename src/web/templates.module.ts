import { Module } from '@nestjs/common';
import { PlatformModule } from '../platform/platform.module';
import { PasskeyScript } from './passkey-script';
import { Styles } from './styles';
import { Templates } from './templates';

@Module({
  imports: [PlatformModule],
  providers: [PasskeyScript, Styles, Templates],
  exports: [PasskeyScript, Styles, Templates],
})
export class TemplatesModule {}
