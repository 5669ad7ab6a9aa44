import { Module } from '@nestjs/common';
import { PlatformModule } from '../platform/platform.module';
import { AssetsController } from './assets.controller';
import { AuditModule } from './audit/audit.module';
import { DeskModule } from './desk/desk.module';
import { ErrorPage } from './error-page';
import { PortalModule } from './portal/portal.module';
import { TemplatesModule } from './templates.module';

@Module({
  imports: [PlatformModule, TemplatesModule, DeskModule, AuditModule, PortalModule],
  controllers: [AssetsController],
  providers: [ErrorPage],
  exports: [ErrorPage],
})
export class WebModule {}
