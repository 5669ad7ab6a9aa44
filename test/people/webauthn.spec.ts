import { Webauthn } from '../../src/people/webauthn';
import { readSettings } from '../../src/platform/settings';

describe('passkeys and the address of the server', () => {
  it.each([
    ['https://redress.example.org', true],
    ['https://redress.example.org:8443', true],
    ['http://localhost:3000', true],
    ['http://redress.localhost', true],
    ['http://redress.example.org', false],
    ['http://127.0.0.1:3000', false],
    ['https://192.0.2.7', false],
    ['https://[2001:db8::7]', false],
  ])('%s can have passkeys: %s', (publicUrl, isPossible) => {
    expect(new Webauthn(readSettings({ PUBLIC_URL: publicUrl })).isPossible).toBe(isPossible);
  });
});
