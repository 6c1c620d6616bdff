/** Names of system calls, written with spaces and line breaks between them. */
export function calls(names: string): string[] {
  return names.trim().split(/\s+/)
}
