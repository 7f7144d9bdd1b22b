import Link from "next/link";
import type { ReactNode } from "react";
import type { Theme } from "~/contracts/theme";
import type { VenueView } from "~/contracts/venue-view";
import { Announcer } from "../live/announcer";
import { LiveStatus } from "../live/live-status";
import { TroubleBand } from "../live/trouble-band";
import { AccountMenu } from "./account-menu";
import { ConfirmIdentity } from "./confirm-identity";
import { ModeBand } from "./mode-band";
import { Nav } from "./nav";
import { SignOutButton } from "./sign-out-button";
import { VerifyBanner } from "./verify-banner";
import { ThemeMenu } from "./theme-menu";

type AppShellProps = {
  readonly email: string;
  readonly role: "trader" | "admin";
  /** Whether mail to the address is known to arrive. */
  readonly isVerified: boolean;
  readonly hasMailServer: boolean;
  readonly theme: Theme;
  readonly venues: VenueView[];
  readonly children: ReactNode;
};

/** What stands around every page of the app. */
export const AppShell = ({ email, role, isVerified, hasMailServer, theme, venues, children }: AppShellProps) => (
  <div className="flex min-h-dvh flex-col">
    <a href="#content" className="button button-primary absolute -top-16 left-4 z-20 focus:top-2">
      Skip to the page
    </a>
    <header className="bg-panel">
      <div className="mx-auto flex max-w-[90rem] flex-wrap items-center gap-x-6 px-4 pt-2 md:py-1">
        <Link href="/overview" className="inline-flex min-h-8 items-center text-lg font-bold tracking-tight">
          0xBot
        </Link>
        <div className="order-last w-full md:order-none md:w-auto">
          <Nav isAdmin={role === "admin"} />
        </div>
        <div className="ml-auto flex items-center gap-x-3">
          <LiveStatus />
          <AccountMenu>
            <ThemeMenu initial={theme} />
            <Link href="/account" className="link min-w-0 py-0.5 text-sm break-all">
              <span className="sr-only">Account of </span>
              {email}
            </Link>
            <SignOutButton />
          </AccountMenu>
        </div>
      </div>
      <ModeBand initial={venues} />
      {!isVerified && <VerifyBanner email={email} hasMailServer={hasMailServer} />}
    </header>
    <Announcer />
    <main id="content" className="mx-auto w-full max-w-[90rem] grow px-4 py-4 md:py-6">
      {children}
    </main>
    <TroubleBand />
    <ConfirmIdentity email={email} />
  </div>
);
