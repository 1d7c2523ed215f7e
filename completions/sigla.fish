# Completion of sigla for fish. The program itself says what may follow.
# To use it: sigla completion fish > ~/.config/fish/completions/sigla.fish

function __sigla_complete
    set -l before (commandline -opc)
    set -l token (commandline -ct)
    for line in (command $before[1] complete -- $before[2..] "$token" 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path (string replace -r -- '^--[^=]*=' '' "$token")
            case ':folders'
                __fish_complete_directories (string replace -r -- '^--[^=]*=' '' "$token")
            case '*'
                echo $line
        end
    end
end

complete -c sigla -f -a '(__sigla_complete)'
