/**
 * File names on Linux are bytes, and so are the names in a layer. Inside the program such a name is a
 * *byte string*: a JavaScript string with one code unit (0–255) for each byte. ASCII names look as usual,
 * comparing by code unit is comparing bytes, and a name that is not UTF-8 survives unchanged.
 */
export type ByteString = string

/** The byte string of text that a person wrote (UTF-8). */
export function bytesOfText(text: string): ByteString {
  return isAscii(text) ? text : Buffer.from(text, 'utf8').toString('latin1')
}

/** Text to show to a person; bytes that are not UTF-8 show as U+FFFD. */
export function textOfBytes(name: ByteString): string {
  return isAscii(name) ? name : Buffer.from(name, 'latin1').toString('utf8')
}

/** What `node:fs` takes for the name: the string itself where that is the same, else the bytes. */
export function fsPath(name: ByteString): string | Buffer {
  return isAscii(name) ? name : Buffer.from(name, 'latin1')
}

/** Whether every code unit is below 128. */
export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}
