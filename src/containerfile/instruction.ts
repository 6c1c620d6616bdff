import type { Position } from './position.js'

/** A piece of an instruction as it was written (nothing expanded) and where it stands. */
export interface Word {
  readonly text: string
  readonly position: Position
}

/** `NAME=VALUE` of ENV and LABEL, as written. */
export interface Assignment {
  readonly name: Word
  readonly value: string
}

/** One `NAME` or `NAME=VALUE` of ARG, as written; `value` is absent in the bare form. */
export interface ArgDeclaration {
  readonly name: Word
  readonly value?: string
}

/** A here-document: `<<NAME`, `<<-NAME` (`chomp`) or `<<"NAME"` (not `expand`ed). */
export interface Heredoc {
  readonly name: string
  readonly chomp: boolean
  readonly expand: boolean
  /** The lines as they stand in the file, line ends included, before any chomping. */
  readonly content: string
}

/** A command in shell form (`words` has the one command line) or exec form (`words` is the vector). */
export interface CommandLine {
  readonly form: 'shell' | 'exec'
  readonly words: readonly string[]
}

interface InstructionBase {
  readonly position: Position
  /** The logical line: continuations joined, comments inside dropped, trimmed. */
  readonly source: string
}

export interface FromInstruction extends InstructionBase {
  readonly kind: 'from'
  readonly base: Word
  /** In lower case: stage names do not tell case apart. */
  readonly name?: Word
  readonly platform?: Word
}

export interface ArgInstruction extends InstructionBase {
  readonly kind: 'arg'
  readonly declarations: readonly ArgDeclaration[]
}

export interface EnvInstruction extends InstructionBase {
  readonly kind: 'env'
  readonly assignments: readonly Assignment[]
}

export interface LabelInstruction extends InstructionBase {
  readonly kind: 'label'
  readonly assignments: readonly Assignment[]
}

/** COPY and ADD. Flags that only one of the two takes are absent on the other. */
export interface CopyInstruction extends InstructionBase {
  readonly kind: 'copy' | 'add'
  /** Paths, wildcards and URLs; `heredocs` come after them, in order. */
  readonly sources: readonly Word[]
  readonly heredocs: readonly Heredoc[]
  readonly destination: Word
  readonly from?: Word
  readonly chown?: Word
  readonly chmod?: Word
  readonly checksum?: Word
  readonly exclude: readonly Word[]
  readonly link: boolean
  readonly parents: boolean
  readonly keepGitDir?: boolean
  readonly unpack?: boolean
}

/** `key=value` or `key` of a `--mount`, as written. */
export interface MountField {
  /** In lower case. */
  readonly key: string
  readonly value?: string
}

/** One `--mount`; variables in its values are expanded when the step is resolved. */
export interface MountFlag {
  readonly fields: readonly MountField[]
  /** The value of `from`, which takes no variables. */
  readonly from?: Word
  readonly position: Position
}

export interface RunInstruction extends InstructionBase {
  readonly kind: 'run'
  readonly command: CommandLine
  readonly heredocs: readonly Heredoc[]
  readonly network: 'default' | 'none' | 'host'
  readonly mounts: readonly MountFlag[]
}

export interface CommandInstruction extends InstructionBase {
  readonly kind: 'cmd' | 'entrypoint'
  readonly command: CommandLine
}

export interface ShellInstruction extends InstructionBase {
  readonly kind: 'shell'
  readonly shell: readonly string[]
}

/** Durations in whole nanoseconds; 0 means "not given". */
export interface Healthcheck {
  readonly test: readonly string[]
  readonly interval: number
  readonly timeout: number
  readonly startPeriod: number
  readonly startInterval: number
  readonly retries: number
}

export interface HealthcheckInstruction extends InstructionBase {
  readonly kind: 'healthcheck'
  readonly healthcheck: Healthcheck
}

/** EXPOSE and VOLUME take a list of words. */
export interface ListInstruction extends InstructionBase {
  readonly kind: 'expose' | 'volume'
  readonly words: readonly Word[]
}

/** Instructions with one argument that goes to the end of the line. */
export interface TextInstruction extends InstructionBase {
  readonly kind: 'user' | 'workdir' | 'stopsignal' | 'maintainer'
  readonly argument: Word
}

export interface OnbuildInstruction extends InstructionBase {
  readonly kind: 'onbuild'
  /** The trigger as it is recorded in the image's config, heredocs included. */
  readonly trigger: string
}

/** What may stand in a stage after its FROM. */
export type StageInstruction =
  | ArgInstruction
  | EnvInstruction
  | LabelInstruction
  | CopyInstruction
  | RunInstruction
  | CommandInstruction
  | ShellInstruction
  | HealthcheckInstruction
  | ListInstruction
  | TextInstruction
  | OnbuildInstruction

export type Instruction = FromInstruction | StageInstruction

/** FROM and what follows it. */
export interface Stage {
  readonly index: number
  /** In lower case. Where two stages have the same name, the later one is meant from there on. */
  readonly name?: string
  readonly from: FromInstruction
  readonly instructions: readonly StageInstruction[]
}

/** A parser directive: `# name=value` at the top of the file. */
export interface Directive {
  readonly name: 'syntax' | 'escape' | 'check'
  readonly value: string
  readonly position: Position
}

/** A whole file. */
export interface Containerfile {
  readonly fileName: string
  /** The length of the text. */
  readonly size: number
  readonly directives: readonly Directive[]
  /** The escape character: a backslash unless the directive says backtick. */
  readonly escape: '\\' | '`'
  /** ARG instructions before the first FROM. */
  readonly globalArgs: readonly ArgInstruction[]
  /** At least one. */
  readonly stages: readonly Stage[]
}
