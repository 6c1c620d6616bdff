/** What proves to a registry who we are. */
export type Credentials =
  | { readonly username: string; readonly password: string }
  /** A refresh token that is traded for access tokens (OAuth 2.0, RFC 6749, section 6). */
  | { readonly identityToken: string }

/**
 * Finds the credentials for a repository; undefined where there are none.
 * @param registry as references name it: `docker.io`, `localhost:5000`
 * @param path the repository's path in the registry: `stagex/core-gcc`
 */
export type CredentialSource = (registry: string, path: string) => Promise<Credentials | undefined>

/** The value of an authorization header (RFC 7617). */
export function basicHeader(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}
