/**
 * Takes the full name of a package or an image, `<stage>-<name>`, apart. No stage has a dash in its name.
 * @param fullName of one that is in a tree
 */
export function splitFullName(fullName: string): { stage: string; name: string } {
  const dash = fullName.indexOf('-')
  return { stage: fullName.slice(0, dash), name: fullName.slice(dash + 1) }
}
