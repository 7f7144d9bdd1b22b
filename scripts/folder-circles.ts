import path from "node:path";

/** A module and what it imports, as paths from the project's root. */
export type ModuleImports = { readonly source: string; readonly imports: readonly string[] };

/** Connects all parts and so imports all of them: it is left out of the circles. */
const COMPOSITION_ROOT = "src/server/runtime.ts";

/** A file directly in the area stands for itself: some such files are below all folders, others above them. */
const folderOf = (file: string, area: string): string => {
  const folder = path.posix.dirname(file);
  return `${folder}/` === area ? file : folder;
};

const knownFolders = (modules: readonly ModuleImports[], area: string): Map<string, Set<string>> => {
  const known = new Map<string, Set<string>>();
  const isCounted = (file: string): boolean =>
    file.startsWith(area) && file !== COMPOSITION_ROOT && !file.includes("/generated/") && !file.includes("/testing/");
  for (const { source, imports } of modules.filter((each) => isCounted(each.source))) {
    const folder = folderOf(source, area);
    const others = imports.filter(isCounted).map((file) => folderOf(file, area));
    const seen = known.get(folder) ?? new Set();
    known.set(folder, seen);
    for (const other of others) if (other !== folder) seen.add(other);
  }
  return known;
};

/** Every folder that `start` reaches over any number of imports. */
const reachedFrom = (start: string, known: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> => {
  const reached = new Set<string>();
  const next = [...(known.get(start) ?? [])];
  for (let folder = next.pop(); folder !== undefined; folder = next.pop()) {
    if (reached.has(folder)) continue;
    reached.add(folder);
    next.push(...(known.get(folder) ?? []));
  }
  return reached;
};

/**
 * Folders below `area` that import each other, directly or through others, each with the other folders of its circle. A
 * folder counts without its subfolders, a file directly in the area on its own. Folders can form a circle even where
 * their modules do not.
 */
export const findFolderCircles = (
  modules: readonly ModuleImports[],
  area: string,
): readonly { readonly folder: string; readonly circle: readonly string[] }[] => {
  const known = knownFolders(modules, area);
  const reached = new Map([...known.keys()].map((folder) => [folder, reachedFrom(folder, known)] as const));
  return [...reached]
    .filter(([folder, others]) => others.has(folder))
    .map(([folder, others]) => ({
      folder,
      circle: [...others].filter((other) => other !== folder && reached.get(other)?.has(folder) === true).toSorted(),
    }))
    .toSorted((a, b) => a.folder.localeCompare(b.folder));
};
