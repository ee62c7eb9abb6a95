// strip_accents without do_lower_case is in no golden file: compares the section [strip] of folding.txt with Hugging Face's
// Rust tokenizers (npm install --ignore-scripts @anush008/tokenizers@0.6.0) for every code point. Ends with an error if one differs.
//   node tests/tokenizers/strip-accents.mjs FOLDER_WITH_NODE_MODULES
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { bertNormalizer } = createRequire(`${process.argv[2]}/package.json`)("@anush008/tokenizers");
const file = new URL("../../src/KbAlbertStream.Core/Tokenization/folding.txt", import.meta.url);
const hex = (digits) => parseInt(digits, 16);
const strip = new Map();
let section = "";
for (const line of readFileSync(file, "utf8").split("\n")) {
  if (line.startsWith("[")) section = line;
  if (section !== "[strip]" || !/^[0-9A-F]/.test(line)) continue;
  const [place, ...value] = line.split(" ");
  const [first, last = first, step = "1"] = place.split(/[-/]/);
  for (let c = hex(first); c <= hex(last); c += hex(step)) {
    strip.set(c, value[0] === "=" ? [] : /^[+-]/.test(value[0]) ? [c + hex(value[0])] : value.map(hex));
  }
}

const normalizer = bertNormalizer({ cleanText: false, handleChineseChars: false, stripAccents: true, lowercase: false });
const isLeftOut = (c) => (c >= 0xd800 && c <= 0xdfff) // no code points of their own
  || (c >= 0xac00 && c <= 0xd7a3) // Hangul is arithmetic
  || (c >= 0x2000 && c <= 0x200a) || c === 0x0a || c === 0x7c; // white space, which is cleaned before; what is used below
const all = Array.from({ length: 0x110000 }, (_, c) => c).filter((c) => !isLeftOut(c));
let different = 0;
for (let i = 0; i < all.length; i += 1000) {
  const part = all.slice(i, i + 1000);
  // Line feeds around each keep its marks from being put in order with its neighbours'.
  const actual = normalizer.normalizeString(part.map((c) => `\n${String.fromCodePoint(c)}\n`).join("|")).split("|");
  part.forEach((c, at) => {
    if (actual[at] !== `\n${String.fromCodePoint(...(strip.get(c) ?? [c]))}\n`) {
      different++;
      console.log(`U+${c.toString(16).toUpperCase()} differs`);
    }
  });
}
console.log(`${all.length} code points, ${different} differ`);
process.exitCode = different ? 1 : 0;
