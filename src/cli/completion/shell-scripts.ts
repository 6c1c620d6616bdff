/** The shells that completion is there for. */
export type Shell = 'bash' | 'zsh' | 'fish'

/**
 * The script that teaches a shell to complete stagex. Whatever is typed as the program's name, only the
 * program at `program` is asked, so that no press of the tab key starts what lies in a stranger's folder.
 * @param program absolute path
 */
export function completionScript(shell: Shell, program: string): string {
  return { bash: bashScript, zsh: zshScript, fish: fishScript }[shell](program)
}

function bashScript(program: string): string {
  return `# Completion of stagex for bash: eval "$(stagex completion bash)"
_stagex() {
  local current="\${COMP_WORDS[COMP_CWORD]}" line
  COMPREPLY=()
  # Words break at = and :, and after the break only what is new is replaced.
  [ "$current" = = ] && current=
  local words=("\${COMP_WORDS[@]:1:COMP_CWORD-1}" "$current")
  while IFS=$'\\t' read -r line _; do
    case $line in
      :files) compopt -o default; return ;;
      :folders) compopt -o dirnames; return ;;
      *) COMPREPLY+=("$line") ;;
    esac
  done < <(${posixQuoted(program)} completion --complete -- "\${words[@]}" 2>/dev/null)
}
complete -F _stagex stagex
`
}

function zshScript(program: string): string {
  return `#compdef stagex
# Completion of stagex for zsh: source <(stagex completion zsh), after compinit
_stagex() {
  local -a described
  local line
  while IFS= read -r line; do
    case $line in
      :files) _files; return ;;
      :folders) _files -/; return ;;
    esac
    described+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done < <(${posixQuoted(program)} completion --complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  _describe -V stagex described
}
if [ "\${funcstack[1]}" = _stagex ]; then _stagex "$@"; else compdef _stagex stagex; fi
`
}

function fishScript(program: string): string {
  return `# Completion of stagex for fish: stagex completion fish | source
function __stagex_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l found (${fishQuoted(program)} completion --complete -- $words[2..-1] "$current" 2>/dev/null)
    switch "$found[1]"
        case :files
            __fish_complete_path "$current"
        case :folders
            __fish_complete_directories "$current" ''
        case '*'
            printf '%s\\n' $found
    end
end
complete -c stagex -f -a '(__stagex_complete)'
`
}

function posixQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

function fishQuoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}
