#!/bin/sh
# Asks a record of the thaw what its reports are good for: demo/thaw/ask.sh DATELINE RECORD
set -eu
dateline=$1
record=$2

title() {
    printf '\n\n%s\n' "$1"
    printf '%s\n' "$1" | sed 's/./─/g'
}

ask() { # how many lines to show, then the question as the command has it
    lines=$1
    shift
    printf '$ dateline %s\n' "$*"
    "$dateline" "$@" --record "$record" 2>&1 | sed -n "1,${lines}p"
}

title "Did a new leader in the Kremlin change the line (11 March 1985)?"
ask 14 relation USA SUN --around 1985-03-11 --plot demo-before-after.svg
title "When did it change, if not then?"
ask 99 changes USA SUN
title "One of these days: the airliner (1 September 1983), with the sentences that weigh most"
ask 99 relation USA SUN --around 1983-09-01
title "And towards Iceland, where nothing changed?"
ask 1 relation SUN ISL --around 1985-03-11
title "What was said against what was done: the United States in the months of the Geneva summit"
ask 24 relation USA SUN --words --from 1985-10-01 --to 1986-01-31
title "What do they not agree on?"
ask 12 claims airliner --contested --limit 1 --plot demo-claim.svg
title "What will the next weeks bring, as of the end of the record?"
ask 15 forecast USA SUN --weeks 4 --plot demo-forecast.svg
"$dateline" relation USA SUN --record "$record" --plot demo-river.svg >/dev/null 2>&1
"$dateline" relation USA SUN --record "$record" --picture heat --plot demo-days.svg >/dev/null 2>&1
cat <<'END'


Pictures, each with the table behind it: demo-river.svg (month by month), demo-before-after.svg, demo-claim.svg,
demo-forecast.svg, demo-days.svg. A difference at a date is not yet an effect of what happened then.
END
