# Completion of sigla for bash. The program itself says what may follow.
# To use it: source <(sigla completion bash)

_sigla() {
  local sigla=$1 cur=${COMP_WORDS[COMP_CWORD]} line
  type -P -- "$sigla" >/dev/null || sigla=sigla
  COMPREPLY=()
  if [[ $cur == '=' ]]; then cur=''; fi # bash makes three words of --format=text
  while IFS= read -r line; do
    case $line in
      :files)
        compopt -o filenames 2>/dev/null
        while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$cur")
        ;;
      :folders)
        compopt -o filenames 2>/dev/null
        while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "$cur")
        ;;
      *)
        line=${line%%$'\t'*}
        [[ $line == *= ]] && compopt -o nospace 2>/dev/null
        COMPREPLY+=("$line")
        ;;
    esac
  done < <("$sigla" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}

complete -F _sigla sigla
