import { Module } from '@nestjs/common';
import { PlatformModule } from '../platform/platform.module';
import { OwnScripts } from './own-scripts';
import { readSignposts, Signposts } from './signposts';
import { Styles } from './styles';
import { Templates } from './templates';

/** What every page can be drawn with: looks, words, and the places outside. */
@Module({
  imports: [PlatformModule],
  providers: [
    OwnScripts,
    Styles,
    Templates,
    { provide: Signposts, useFactory: () => readSignposts(process.env.SIGNPOSTS_FILE) },
  ],
  exports: [OwnScripts, Styles, Templates, Signposts],
})
export class TemplatesModule {}
