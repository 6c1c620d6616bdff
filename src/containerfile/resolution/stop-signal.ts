const NAMES = new Set(
  (
    'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP ' +
    'SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX'
  ).split(' ')
)

/** Whether Docker takes the text as a signal of Linux: any number but 0, or a name. */
export function isSignal(text: string): boolean {
  if (/^[+-]?\d{1,9}$/.test(text)) return Number(text) !== 0
  const name = text.toUpperCase().replace(/^SIG/, '')
  if (NAMES.has(name)) return true
  const [, end, number] = /^RT(MIN\+|MAX-)([1-9]\d?)$/.exec(name) ?? []
  return number !== undefined && Number(number) <= (end === 'MIN+' ? 15 : 14)
}
