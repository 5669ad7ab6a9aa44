import { Module } from '@nestjs/common';
import { MailSettings, readMailSettings } from './mail-settings';
import { Mailbox } from './mailbox';
import { Outgoing } from './outgoing';
import { Post } from './post';

@Module({
  providers: [
    { provide: MailSettings, useFactory: () => readMailSettings(process.env) },
    {
      provide: Post,
      inject: [MailSettings],
      useFactory: ({ mailIn, mailOut }: MailSettings) =>
        new Post(mailIn && new Mailbox(mailIn), mailOut && new Outgoing(mailOut)),
    },
  ],
  exports: [MailSettings, Post],
})
export class MailModule {}
