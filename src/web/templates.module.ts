import { Module } from '@nestjs/common';
import { PlatformModule } from '../platform/platform.module';
import { Styles } from './styles';
import { Templates } from './templates';

@Module({ imports: [PlatformModule], providers: [Styles, Templates], exports: [Styles, Templates] })
export class TemplatesModule {}
