// The package brings no types.
declare module 'hoodiecrow-imap' {
  import type { Server, Socket } from 'node:net';

  interface Connection {
    socket: Socket | null;
  }
  type Command = (connection: Connection, parsed: unknown, data: unknown, done: () => void) => void;
  interface Message {
    raw: string;
    flags: string[];
  }
  export interface ImapServer {
    server: Server;
    connectionHandlers: ((connection: Connection) => void)[];
    listen(port: number, host: string, listening: () => void): void;
    getMailbox(path: string): { messages: Message[] } | undefined;
    appendMessage(path: string, flags: string[], internalDate: string, raw: string): void;
    getCommandHandler(command: string): Command;
    setCommandHandler(command: string, handler: Command): void;
  }
  export default function hoodiecrow(options: {
    plugins: string[];
    users: Record<string, { password: string }>;
    storage: Record<string, object>;
    secureConnection?: boolean;
    credentials?: { key: string; cert: string };
  }): ImapServer;
}
