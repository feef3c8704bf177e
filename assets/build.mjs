// Builds what the pages need into src/danvan/static: two stylesheets, one script, fonts, icons.
// File names stay plain: the server hashes them when it collects static files.
import { build } from "esbuild";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { compile } from "sass";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const OUT = at("../src/danvan/static/");
const MODULES = at("../node_modules/");
const OFFICE_BROWSERS = ["chrome90", "edge90", "firefox90", "safari15"];

const tabler = {
  name: "tabler",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.scss$/ }, ({ path }) => ({
      contents: compile(path, { loadPaths: [MODULES], quietDeps: true }).css,
      loader: "css",
    })),
};

async function iconSprite() {
  const names = (await readFile(at("icons.txt"), "utf8")).split("\n").filter((line) => line && !line.startsWith("#"));
  const symbols = names.map(async (name) => {
    const filled = name.endsWith("-filled");
    const file = `${MODULES}@tabler/icons/icons/${filled ? "filled" : "outline"}/${name.replace(/-filled$/, "")}.svg`;
    const drawing = (await readFile(file, "utf8")).match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1].replace(/\s*\n\s*/g, "");
    const ink = filled
      ? 'fill="currentColor"'
      : 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';
    return `<symbol id="${name}" viewBox="0 0 24 24" ${ink}>${drawing}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${(await Promise.all(symbols)).join("\n")}</svg>\n`;
}

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
await build({
  entryPoints: [at("css/danvan.css"), at("css/portal.css"), at("js/danvan.js")],
  entryNames: "[name]",
  assetNames: "fonts/[name]",
  outdir: OUT,
  bundle: true,
  minify: true,
  format: "iife",
  target: OFFICE_BROWSERS,
  loader: { ".woff2": "file" },
  legalComments: "none",
  plugins: [tabler],
  logLevel: "warning",
});
await writeFile(`${OUT}icons.svg`, await iconSprite());
await cp(at("images"), OUT, { recursive: true });
