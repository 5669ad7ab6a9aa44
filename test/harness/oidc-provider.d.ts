// The package brings no types.
declare module 'oidc-provider';
