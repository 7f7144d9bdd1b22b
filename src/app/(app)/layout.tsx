import type { Metadata } from "next";
import { cookies } from "next/headers";
import { cache } from "react";
import { AppShell } from "~/components/shell/app-shell";
import { bandTitle } from "~/components/shell/bands-of";
import { LiveProvider } from "~/components/live/live-provider";
import { THEME_COOKIE, themeOf } from "~/contracts/theme";
import { ApiProvider } from "~/trpc/react";
import { getApi } from "~/trpc/server";

/** What the shell and its title show, read once a page. */
const readShell = cache(async () => {
  const { call } = await getApi();
  const [me, { hasMailServer }, venues] = await Promise.all([call.auth.me(), call.auth.door(), call.venues.list()]);
  return { ...me, hasMailServer, venues };
});

/** Every title begins with the kind of money at stake, so that a tab in the background shows it too. */
export const generateMetadata = async (): Promise<Metadata> => {
  const band = bandTitle((await readShell()).venues);
  const prefix = band === "" ? "" : `${band} · `;
  return { title: { absolute: `${prefix}0xBot`, template: `${prefix}%s · 0xBot` } };
};

export default async function AppLayout({ children }: LayoutProps<"/">) {
  const shell = await readShell();
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <ApiProvider>
      <LiveProvider>
        <AppShell {...shell} theme={theme}>
          {children}
        </AppShell>
      </LiveProvider>
    </ApiProvider>
  );
}
