'use strict';

// Runs in the browser as it stands. It asks for a passkey when a form with `data-passkey` is sent, and sends the answer with the form: the
// server decides everything else. It writes texts and attributes only, never markup.
(() => {
  if (!window.PublicKeyCredential) return;

  const bytesOf = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0));
  const textOf = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes)))
      .replace(/\+/g, '-')
      .replace(/\//g, '_')
      .replace(/=+$/, '');
  const known = (list) => list.map((each) => ({ ...each, id: bytesOf(each.id) }));

  const make = async (options) => {
    const publicKey = {
      ...options,
      challenge: bytesOf(options.challenge),
      user: { ...options.user, id: bytesOf(options.user.id) },
      excludeCredentials: known(options.excludeCredentials),
    };
    const { id, response } = await navigator.credentials.create({ publicKey });
    return {
      id,
      response: {
        clientDataJSON: textOf(response.clientDataJSON),
        attestationObject: textOf(response.attestationObject),
        transports: response.getTransports ? response.getTransports() : [],
      },
    };
  };

  const use = async (options) => {
    const publicKey = {
      ...options,
      challenge: bytesOf(options.challenge),
      allowCredentials: known(options.allowCredentials),
    };
    const { id, response } = await navigator.credentials.get({ publicKey });
    return {
      id,
      response: {
        clientDataJSON: textOf(response.clientDataJSON),
        authenticatorData: textOf(response.authenticatorData),
        signature: textOf(response.signature),
        userHandle: response.userHandle ? textOf(response.userHandle) : null,
      },
    };
  };

  const SENTENCES = {
    InvalidStateError: 'This device already holds one of your passkeys for this place. Use another one.',
    NotSupportedError: 'This passkey cannot be used here. Use another one.',
    SecurityError:
      'Passkeys do not work at this address. Open the address that you were given for your work.',
  };
  const NOTHING_CAME = 'No passkey was given: the question was closed, or it took too long. Try again.';

  const ask = async (form) => {
    const problem = form.querySelector('[data-passkey-problem]');
    const button = form.querySelector('button');
    problem.hidden = true;
    button.disabled = true;
    try {
      const options = JSON.parse(form.dataset.options);
      const answer = await (form.dataset.passkey === 'make' ? make(options) : use(options));
      form.elements.answer.value = JSON.stringify(answer);
      form.submit();
    } catch (error) {
      problem.textContent = SENTENCES[error.name] || NOTHING_CAME;
      problem.hidden = false;
      button.disabled = false;
    }
  };

  for (const form of document.querySelectorAll('form[data-passkey]'))
    form.addEventListener('submit', (event) => {
      // Without a name the server says so, before a passkey is made that nobody keeps.
      if (form.elements.label && form.elements.label.value.trim() === '') return;
      event.preventDefault();
      void ask(form);
    });
  for (const part of document.querySelectorAll('[data-needs-passkeys]')) part.hidden = false;
})();
