/** Whether an address leads to a disk or a share, whose path often has somebody's name in it. */
export function isFileAddress(address: string): boolean {
  return /^\s*(file:|[a-z]:[\\/]|\\\\|\/(home|users)\/)/i.test(address);
}
