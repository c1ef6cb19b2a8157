#!/usr/bin/env bash
# Nothing that is kept names a machine it was written on (home or work folders, hosts) or says that it is unfinished.
. "$(dirname "$0")/lint.sh"

# The patterns are written so that they do not match themselves.
folders='(^|[^[:alnum:]_./$~-])/(work|root|home|Users|mnt)/[[:alnum:]]'
hosts='[a-z]+://[[:alnum:].-]+|\b(deb|registry|snapshot|proxy|pypi|mirrors?)[.][a-z.-]+[.](org|com|cn|net)\b'
unfinished='\b(T[O]DO|F[I]XME|X[X]X)\b'
harmless='://(example[.](org|com)|127[.]0[.]0[.]1|localhost|www[.]w3[.]org|schemas[.]openxmlformats[.]org)|file:///'

search() { grep -nIE "$folders|$hosts|$unfinished" "$@" | grep -vE "$harmless"; }

cat >"$scratch/bad" <<END
see /wo''rk/main, "/ho''me/li/x"
from http:''//files.somewhere.net/x and deb''.somewhere.org
/* TO''DO: later */
END
sed -i "s/''//" "$scratch/bad"
cat >"$scratch/good" <<'END'
and/or/work, src/work/x, ~/home/x, /etc/yunwei, http://example.org/x, at home, D/root/x
END
[ "$(search "$scratch/bad" | wc -l)" = 3 ] || broken "$(search "$scratch/bad")"
[ -z "$(search "$scratch/good")" ] || broken "$(search "$scratch/good")"

while read -r line; do fault "$line"; done < <(git ls-files -z | xargs -0 grep -nIE "$folders|$hosts|$unfinished" -- | grep -vE "$harmless")
finish
