# Completion of pnetref for fish. As a file: pnetref completion fish > ~/.config/fish/completions/pnetref.fish
# It completes the command pnetref; where that is not installed on the PATH, it offers nothing.

function __pnetref_complete
    set -l line (commandline -pc)
    for found in (env _PNETREF_COMPLETE=fish pnetref "$line" 2>/dev/null)
        if test "$found" = :files
            set -l parts (string match -r -- '^(--[^=]*=|)(.*)$' (commandline -ct))
            for path in (__fish_complete_path "$parts[-1]")
                printf '%s\n' "$parts[2]$path"
            end
        else
            printf '%s\n' $found
        end
    end
end

complete -c pnetref -e
complete -c pnetref -f -a '(__pnetref_complete)'
