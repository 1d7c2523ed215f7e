#compdef sigla
# Completion of sigla for zsh. The program itself says what may follow.
# To use it: source <(sigla completion zsh), after compinit

_sigla() {
  local line
  local -a values open
  for line in "${(@f)$("${(Q)words[1]}" complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
    case $line in
      :files) compset -P '--*='; _files ;;
      :folders) compset -P '--*='; _files -/ ;;
      '') ;;
      *=$'\t'*) open+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}") ;;
      *) values+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}") ;;
    esac
  done
  if (( $#values )); then _describe sigla values; fi
  if (( $#open )); then _describe sigla open -S ''; fi
}

compdef _sigla sigla
