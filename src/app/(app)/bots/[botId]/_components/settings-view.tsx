"use client";

import Link from "next/link";
import { ApplyExits } from "~/components/steering/apply-exits";
import { SettingLines } from "~/components/trading/setting-lines";
import { Panel } from "~/components/ui/panel";
import type { BotDetail } from "~/contracts/bot-detail";
import { useBot } from "./use-bot";

/** What the bot was told to do, in words. */
export const SettingsView = ({ initial }: { readonly initial: BotDetail }) => {
  const { data: bot } = useBot(initial);
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <p className="text-sm text-muted">
          Version {bot.settingsVersion} of its settings. Each cycle keeps the version it ran by.
        </p>
        <div className="flex flex-wrap gap-2">
          {bot.openPositions > 0 && bot.status !== "archived" && <ApplyExits botId={bot.id} />}
          {bot.status !== "archived" && (
            <Link href={`/bots/${bot.id}/edit`} className="button">
              Edit settings
            </Link>
          )}
          <Link href={`/bots/${bot.id}/versions`} className="button">
            Versions
          </Link>
        </div>
      </div>
      <div className="-mb-4 gap-4 lg:columns-2">
        {bot.settings.map(({ title, lines }) => (
          <Panel key={title} title={title} className="mb-4 break-inside-avoid">
            <SettingLines lines={lines} />
          </Panel>
        ))}
      </div>
    </>
  );
};
