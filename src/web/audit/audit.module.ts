import { Module } from '@nestjs/common';
import { CaseworkModule } from '../../casework/casework.module';
import { DeskModule } from '../desk/desk.module';
import { AuditPagesController } from './audit-pages.controller';

@Module({ imports: [CaseworkModule, DeskModule], controllers: [AuditPagesController] })
export class AuditModule {}
