const AT_THE_START = /^\s*(file:|[a-z]:[\\/]|\\\\|\/(home|users)\/)/i;
/** Behind other words only where it cannot be part of one, nor of an address of the web. */
const ANYWHERE =
  /(^|[\s"'“”‘’«»()[\]{}<>=,;|!])(file:[\\/]|[a-z]:[\\/]|\\\\[\w.-]+\\|\/(home|users|mnt|media|volumes)\/)/i;

/** Whether an address leads to a disk or a share, whose path often has somebody's name in it. */
export function isFileAddress(address: string): boolean {
  return AT_THE_START.test(address);
}

/** Where in a text such an address begins, -1 where there is none. A path may hold spaces: nobody can say where it ends. */
export function fileAddressIn(text: string): number {
  if (AT_THE_START.test(text)) return 0;
  const found = ANYWHERE.exec(text);
  return found ? found.index + found[1]!.length : -1;
}
