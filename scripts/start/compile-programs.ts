import path from "node:path";
import { build, type Metafile } from "esbuild";
import { PROJECT_FOLDER } from "../project-folder";

const PROGRAMS = ["start-command", "prepare-process", "market-process", "runner-process"];

/**
 * Compiles what `npm start` runs to plain JavaScript in `folder`, packages left where they are: what runs needs no
 * compiler. Returns what each file is made of; null: writes nothing.
 */
export const compilePrograms = async (folder: string | null): Promise<Metafile> => {
  const { metafile } = await build({
    absWorkingDir: PROJECT_FOLDER,
    entryPoints: PROGRAMS.map((name) => path.join("scripts", "start", `${name}.ts`)),
    outdir: folder ?? ".programs",
    write: folder !== null,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    logLevel: "warning",
    metafile: true,
  });
  return metafile;
};
