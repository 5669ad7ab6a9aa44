/** An address that only leads somewhere when somebody clicks on it, to a place of the web, a mail or a telephone. */
export function isClickable(address: string): boolean {
  return /^(https?|mailto|tel|ftp):/i.test(address.trim());
}

/** Whether an address that a program fetches by itself leads out of the document: only a plain path inside does not. */
export function leadsOutside(address: string): boolean {
  return /^\s*([a-z][a-z0-9+.-]*:|[\\/]|\.\.[\\/])/i.test(address) && address !== 'about:blank';
}
