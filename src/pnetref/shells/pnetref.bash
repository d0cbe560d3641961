# Completion of pnetref for bash (3.2 or later, nothing else needed). In ~/.bashrc: eval "$(pnetref completion bash)"
# It completes the command pnetref; where that is not installed on the PATH, it offers nothing.

_pnetref() {
    local line="${COMP_LINE:0:COMP_POINT}" reply
    COMPREPLY=()
    while IFS= read -r reply; do
        if [[ $reply == :files ]]; then
            # Bash 3.2 has no compopt, and does not divide a word at "="; right behind ">", that is the word.
            compopt -o default 2>/dev/null && return
            while IFS= read -r reply; do
                [[ -n $reply ]] && COMPREPLY[${#COMPREPLY[@]}]=$(printf '%q' "$reply")
            done <<<"$(compgen -f -- "${COMP_WORDS[COMP_CWORD]##*[=<>]}")"
        elif [[ -n $reply ]]; then
            COMPREPLY[${#COMPREPLY[@]}]=$reply
        fi
    done <<<"$(_PNETREF_COMPLETE=bash command pnetref "$line" "$COMP_WORDBREAKS" 2>/dev/null)"
}

complete -F _pnetref pnetref
