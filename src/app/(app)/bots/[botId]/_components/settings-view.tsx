"use client";

import { SettingLines } from "~/components/trading/setting-lines";
import { Panel } from "~/components/ui/panel";
import type { BotDetail } from "~/contracts/bot-detail";
import { useBot } from "./use-bot";

/** What the bot was told to do, in words. */
export const SettingsView = ({ initial }: { readonly initial: BotDetail }) => {
  const { data: bot } = useBot(initial);
  return (
    <>
      <p className="mb-3 text-sm text-muted">
        Version {bot.settingsVersion} of its settings. Each cycle keeps the version it ran by.
      </p>
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
