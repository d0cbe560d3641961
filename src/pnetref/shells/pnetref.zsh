#compdef pnetref
# Completion of pnetref for zsh. At the end of ~/.zshrc: eval "$(pnetref completion zsh)"
# Or as the file _pnetref in a folder of fpath. It completes the command pnetref, where that is on the PATH.

_pnetref() {
    local line="${(j: :)words[1,CURRENT-1]} ${QIPREFIX}${PREFIX}"
    local -a found
    found=(${(f)"$(_PNETREF_COMPLETE=zsh command pnetref "$line" 2>/dev/null)"})
    if [[ ${found[1]} == :files ]]; then
        compset -P '--*='
        _files
    elif (( ${#found} )); then
        _describe -t pnetref 'pnetref' found -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}'
    else
        return 1
    fi
}

if [[ ${funcstack[1]} == _pnetref ]]; then
    _pnetref "$@"
else
    (( ${+functions[compdef]} )) || { autoload -Uz compinit && compinit -i }
    compdef _pnetref pnetref
fi
