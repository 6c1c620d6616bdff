# torture.awk: reads GCC's test programs, says how each is compiled: its name, its options, its sources, a line each.
# What the tests say of other systems does not apply; all that they require (`dg-require-…`) is there.

function begin_test(name) {
    finish_test()
    test = name
    sub(/^.*\/execute\//, "", test)
    sub(/\.c$/, "", test)
    options = "-w"
    sources = name
    if (test ~ /^ieee\//) options = options " -fno-inline"
    if (test ~ /^builtins\//) {
        options = options " -fno-tree-dse -fno-tree-loop-distribute-patterns -fno-tracer -fno-ipa-ra -fno-inline-functions"
        base = name
        sub(/\.c$/, "", base)
        sources = name " " base "-lib.c " folder "/builtins/lib/main.c"
    }
}

# Options that the script beside a test adds, where it does so without asking for the system.
function read_script(    line, script) {
    script = sources
    sub(/\.c( .*)?$/, ".x", script)
    while ((getline line < script) > 0)
        if (line ~ /^(lappend|set) additional_flags/) {
            sub(/^(lappend|set) additional_flags/, "", line)
            gsub(/"/, "", line)
            options = options line
        }
    close(script)
}

function finish_test() {
    if (test == "") return
    if (test ~ /^(ieee|builtins)\//) read_script()
    print test "|" options "|" sources
}

function applies(selector) {
    if (selector !~ /target/) return 1
    return selector ~ /x86_64/ && selector !~ /ia32/ || selector ~ /target fpic/
}

FNR == 1 { begin_test(FILENAME) }

/dg-(additional-)?options/ {
    text = $0
    sub(/^.*dg-(additional-)?options/, "", text)
    from = index(text, "\"")
    rest = substr(text, from + 1)
    to = index(rest, "\"")
    if (applies(substr(rest, to + 1))) options = options " " substr(rest, 1, to - 1)
}

END { finish_test() }
