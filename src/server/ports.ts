import type { MarketData, NewsCalendar } from "~/trading/ports";
import type { BotContexts } from "./bot-context";
import type { CallCounter } from "./ports/call-counter";
import type { EventSender } from "./ports/event-sender";
import type { MailSender } from "./ports/mail-sender";
import type { PulseSource } from "./ports/pulse-source";
import type { LiveSignals } from "./ports/live-signals";
import type { ModelOf } from "./ports/language-model";
import type { ModelSettings, ResolveHost } from "./ports/model-settings";
import type { OutsideWorld } from "./ports/outside-world";
import type { Site } from "./ports/site";
import type { ExportSeats } from "./ports/export-seats";
import type { StreamSeats } from "./ports/stream-seats";
import type { CandleStore } from "./ports/candle-store";
import type { AccountRef, VenueRef } from "./refs";
import type { Database } from "./db/client";
import type { Quota } from "./ports/quota";
import type { Exchange, QuoteSource } from "~/trading/execution/exchange";

/** What a verb of the shell may ask for. A verb names the part it uses: `Pick<Ports, "db">`. */
export type Ports = {
  readonly db: Database;
  /** Wall time in ms: of the machine, or of a stepped clock. */
  readonly wallNow: () => number;
  /** How long (ms of wall time) a cycle that was set back so often waits for its next try; null: it has none. */
  readonly retryDelayMs: (botId: string, retries: number) => number | null;
  /** A new record id (UUID v7). Ids never order results. */
  readonly newId: () => string;
  readonly marketDataOf: (venue: VenueRef) => Promise<MarketData>;
  /** Where an account's orders go; a paper account matches at the prices of `quoteOf`, which no other venue uses. */
  readonly exchangeOf: (account: AccountRef, quoteOf: QuoteSource) => Promise<Exchange>;
  /** Events that bots may rest around. */
  readonly news: NewsCalendar;
  readonly candles: CandleStore;
  readonly contexts: BotContexts;
  readonly live: LiveSignals;
  readonly streams: StreamSeats;
  readonly exports: ExportSeats;
  readonly calls: CallCounter;
  readonly pulse: PulseSource;
  readonly events: EventSender;
  readonly mail: MailSender;
  readonly site: Site;
  readonly quota: Quota;
  readonly modelOf: ModelOf;
  readonly models: ModelSettings;
  readonly resolveHost: ResolveHost;
  readonly outside: OutsideWorld;
};
