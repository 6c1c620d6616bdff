/** Variables of the environment, as they were handed to the program. */
export type Environment = Readonly<Record<string, string | undefined>>
