import type { Metadata } from "next";
import Link from "next/link";
import { cache } from "react";
import { orNotFound } from "~/trpc/or-not-found";
import { getApi } from "~/trpc/server";
import { VersionsPanel } from "./_components/versions-panel";

/** Read once for a page and its title. */
const readVersions = cache(async (botId: string, before: number | undefined) => {
  const { call } = await getApi();
  return orNotFound(call.bots.versions({ botId, ...(before !== undefined && { before }) }));
});

/** Older than this version; what is no number begins with the newest. */
const beforeOf = (value: string | string[] | undefined): number | undefined =>
  typeof value === "string" && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : undefined;

export async function generateMetadata({ params }: PageProps<"/bots/[botId]/versions">): Promise<Metadata> {
  const { name } = await readVersions((await params).botId, undefined);
  return { title: `Versions of ${name}` };
}

export default async function VersionsPage({ params, searchParams }: PageProps<"/bots/[botId]/versions">) {
  const [{ botId }, query] = await Promise.all([params, searchParams]);
  const before = beforeOf(query["before"]);
  const versions = await readVersions(botId, before);
  return (
    <>
      <h1 className="text-xl font-semibold">Versions</h1>
      <p className="mb-4 text-sm text-muted">
        of the settings of{" "}
        <Link href={`/bots/${botId}`} className="link inline-flex min-h-6 items-center">
          {versions.name}
        </Link>
        . Each cycle, order and position keeps the version that it came of.
      </p>
      <VersionsPanel key={before ?? "newest"} initial={versions} before={before} />
    </>
  );
}
