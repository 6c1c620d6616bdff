/** Something that makes OpenPGP signed messages with one key. */
export interface Signer {
  /** The id of the person in MAINTAINERS. */
  readonly person: string
  /**
   * Signs text.
   * @returns a signed message, not armoured
   * @throws TrustError `sign/gpg-failed`
   */
  sign(text: string): Promise<Uint8Array>
}
