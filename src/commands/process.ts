import { Command } from 'commander';
import { processText } from '../rules/process-text';
import { print } from './in-house';

export function processCommand(): Command {
  return new Command('process')
    .description('print the process: every state, step, need and clock')
    .action(() => print(processText()));
}
