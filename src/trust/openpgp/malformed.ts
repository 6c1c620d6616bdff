/** Bytes that are not what OpenPGP says they have to be. What that means is for whoever wanted to read them. */
export class Malformed extends Error {}
