/** A document's root table; its prototype is null, so that any key can be looked up. */
export type TomlDocument = Readonly<Record<string, unknown>>
