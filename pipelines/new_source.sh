#!/bin/sh
# Makes the folder of a new source from the one in new_source/, and its two lines in lib.rs.
# usage: new_source.sh ID [FOLDER OF SOURCES]
set -eu
export LC_ALL=C

id=${1-}
folder=${2:-$(dirname "$0")}

refuse() {
    echo "new-source: $1" >&2
    exit 2
}

case $id in
'' | [!a-z]* | *[!a-z0-9_]* | *_ | *__*) refuse "\`$id\` is not in snake_case" ;;
*_*) ;;
*) refuse "\`$id\` is not PUBLISHER_DATASET" ;;
esac
if [ -e "$folder/$id" ] || grep -q "mod $id;" "$folder/lib.rs"; then
    refuse "\`$id\` is there already"
fi

name=$(printf '%s' "$id" | awk -F_ '{ for (i = 1; i <= NF; i++) printf "%s", toupper(substr($i, 1, 1)) substr($i, 2) }')
# The minute follows from the name, so that sources do not all run at once.
minute=$(($(printf '%s' "$id" | cksum | cut -d ' ' -f 1) % 60))

# Each line goes before the first one of its list that is greater, or else to the list's end.
awk -v id="$id" -v name="$name" '
    function insert(line) { if (!is_inserted) { print line; is_inserted = 1 } }
    /^(pub )?mod / && list == "" { list = "mod" }
    list == "mod" && !/^(pub )?mod / { insert("mod " id ";"); list = "between" }
    list == "mod" { other = $NF; sub(/;/, "", other); if (other > id) insert("mod " id ";") }
    /^pub const SOURCES/ { list = "sources"; is_inserted = 0; print; next }
    list == "sources" && /^\];/ { insert("    &" id "::" name ","); list = "done" }
    list == "sources" { other = $1; sub(/^&/, "", other); sub(/::.*/, "", other); if (other > id) insert("    &" id "::" name ",") }
    { print }
' "$folder/lib.rs" >"$folder/lib.rs.new"
cp -R "$folder/new_source" "$folder/$id"
for file in mod.rs pipeline.toml fixtures/README.md; do
    sed -e "s/new_source/$id/g" -e "s/NewSource/$name/g" -e "s/\"0 5 /\"$minute 5 /" \
        "$folder/new_source/$file" >"$folder/$id/$file"
done
cat "$folder/lib.rs.new" >"$folder/lib.rs"
rm "$folder/lib.rs.new"

cat <<END
pipelines/$id is there, and in pipelines/lib.rs. What is to be written, see pipelines/README.md:
1. pipeline.toml: who publishes it, where, on which terms, and how many rows are plausible
2. captures.toml: the recorded pages; fixtures/: small ones in their format, with true figures
3. mod.rs: the reader, and a test for each thing in which the page may mislead it
4. INSTA_UPDATE=always cargo test -p burnrate-pipelines, then compare every line in snapshots/ with the page
5. just cards && just check
END
