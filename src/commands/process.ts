import { Command } from 'commander';
import { BUILT_IN } from '../rules/policy';
import { processText } from '../rules/process-text';
import { print } from './in-house';

export function processCommand(): Command {
  return new Command('process')
    .description('print the process of the table in code: every state, step, need and clock')
    .action(() => print(processText(BUILT_IN)));
}
