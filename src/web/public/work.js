'use strict';

// Runs in the browser as it stands. Where a network has to wait, a device may calculate instead: the number that makes the SHA-256 of
// `<challenge>.<number>` begin with so many zeros. It asks nothing, sends the number with the form, and tells nothing about the device.
(() => {
  const AT_ONCE_MS = 40;
  const place = document.querySelector('.portal-work');
  if (!place) return;
  const { challenge, bits } = place.dataset;
  const [random] = challenge.split('.');
  const button = place.querySelector('button');
  const told = place.querySelector('[role="status"]');
  const answer = place.querySelector('input');

  // SHA-256 (FIPS 180-4): fractions of the roots of the first primes, found rather than written down.
  const K = new Int32Array(64);
  const FIRST = new Int32Array(8);
  const fraction = (root) => (root - Math.floor(root)) * 2 ** 32;
  for (let n = 2, found = 0; found < 64; n++) {
    let isPrime = true;
    for (let by = 2; by * by <= n; by++) if (n % by === 0) isPrime = false;
    if (!isPrime) continue;
    if (found < 8) FIRST[found] = fraction(Math.sqrt(n));
    K[found] = fraction(Math.cbrt(n));
    found += 1;
  }
  const turned = (x, by) => (x >>> by) | (x << (32 - by));
  const words = new Int32Array(64);

  // The first 32 bits of the hash of a text of ASCII that fits into one block: up to 55 letters.
  const firstBits = (text) => {
    words.fill(0, 0, 16);
    for (let at = 0; at < text.length; at++) words[at >> 2] |= text.charCodeAt(at) << (24 - 8 * (at & 3));
    words[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
    words[15] = 8 * text.length;
    for (let n = 16; n < 64; n++) {
      const early = words[n - 15];
      const late = words[n - 2];
      words[n] =
        words[n - 16] +
        words[n - 7] +
        (turned(early, 7) ^ turned(early, 18) ^ (early >>> 3)) +
        (turned(late, 17) ^ turned(late, 19) ^ (late >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = FIRST;
    for (let n = 0; n < 64; n++) {
      const one =
        (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + K[n] + words[n]) | 0;
      const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + one) | 0;
      d = c;
      c = b;
      b = a;
      a = (one + two) | 0;
    }
    return (a + FIRST[0]) | 0;
  };

  let number = 0;
  const goOn = () => {
    const until = Date.now() + AT_ONCE_MS;
    while (Date.now() < until)
      for (let n = 0; n < 200; n++, number++)
        if (Math.clz32(firstBits(`${random}.${number}`)) >= bits) {
          answer.value = `${challenge}.${number}`;
          place.closest('form').querySelector('button[type="submit"]').click();
          return;
        }
    // A pause between, so that the page can be read and left meanwhile.
    window.setTimeout(goOn, 0);
  };
  button.addEventListener('click', () => {
    button.disabled = true;
    told.textContent = told.dataset.words;
    window.setTimeout(goOn, 0);
  });
  place.hidden = false;
})();
