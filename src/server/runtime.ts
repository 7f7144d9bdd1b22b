import { v7 as uuidv7 } from "uuid";
import { getAuthSecret, getDatabaseUrl, getEnvironment, getPublicUrl, isLoopbackUrl } from "~/env";
import { createEventClient, type InngestEnvironment } from "~/inngest/client";
import { clockSet, commandAsked } from "~/inngest/events";
import { invariant } from "~/trading/invariant";
import { retryDelayMs } from "~/trading/cycle/retry-delay";
import type { MarketData } from "~/trading/ports";
import type { VenueKind } from "~/trading/venue-catalogue";
import { createOkxMarketData } from "./adapters/exchange/okx/create-okx-market-data";
import { createPaperExchange } from "./adapters/exchange/paper-exchange";
import { createFileDelivery } from "./adapters/mail/create-file-delivery";
import { createMailSender } from "./adapters/mail/create-mail-sender";
import { createSmtpDelivery } from "./adapters/mail/create-smtp-delivery";
import { createLiveSignals } from "./adapters/live/create-live-signals";
import { createCallCounter } from "./adapters/limits/create-call-counter";
import { createMessagesModel } from "./adapters/model/create-messages-model";
import { resolveHost } from "./adapters/model/resolve-host";
import { createFileCalendar } from "./adapters/news/create-file-calendar";
import type { AuthSettings } from "./auth/session-cookie";
import { createBotContexts } from "./bot-context";
import { createDatabase, type Database } from "./db/client";
import { AppError } from "./errors";
import { createExportSeats } from "./exports/export-seats";
import { createPulse } from "./health/create-pulse";
import { readPulse } from "./health/read-pulse";
import { LIVE_CHANNEL } from "./live/append-live-event";
import { createStreamSeats } from "./views/stream/stream-seats";
import { createCandleStore } from "./market/candle-store";
import { modelSettingsOf } from "./models/model-settings-of";
import type { Ports } from "./ports";
import { quotaOf } from "./ports/quota";
import { NOBODY_OUTSIDE } from "./ports/outside-world";
import type { Site } from "./ports/site";
import type { VenueRef } from "./refs";
import { reportFailure } from "./report-failure";

export type { Ports } from "./ports";

/** A mail server with its login, or a folder. */
type MailSettings = { readonly smtpUrl: string; readonly from: string } | { readonly folder: string };

export type RuntimeOptions = {
  readonly databaseUrl: string;
  /** Where to LISTEN: a connection that keeps its session. Default: databaseUrl. */
  readonly listenUrl?: string;
  readonly poolMax?: number;
  /** See DatabaseOptions. */
  readonly statementMs?: number;
  /** See DatabaseOptions: only where connections are not shared through a pooler. */
  readonly keepsPrepared?: boolean;
  /** Where OKX answers. Default: OKX_BASE_URL, or its own host. */
  readonly okxBaseUrl?: string;
  /** A calendar of news. Default: NEWS_CALENDAR_FILE, or none. */
  readonly newsCalendarFile?: string;
  /** Where the demo market answers; none: a bot of a demo venue finds its market not running. */
  readonly demoUrl?: string;
  /** The one demo venue whose market answers there; none: any. Another's market is not running. */
  readonly demoVenueId?: string;
  /** Decides where durable functions run, and so where their events go; none: over this database. */
  readonly inngest?: InngestEnvironment;
  /** Default: nobody may register. */
  readonly site?: Site;
  /** How mail goes out. Default: as files in MAIL_FOLDER. */
  readonly mail?: MailSettings;
  readonly wallNow?: () => number;
  readonly newId?: () => string;
  /** Default: three retries, each after a longer wait. */
  readonly retryDelayMs?: Ports["retryDelayMs"];
  /** How much one user may have. Default: as the environment says. */
  readonly quota?: Partial<Ports["quota"]>;
  /** How models are asked, and what others say to them. Default: as the environment says, and nothing. */
  readonly models?: Partial<Ports["models"]>;
  readonly outside?: Ports["outside"];
  readonly onConnectionError?: (error: Error) => void;
};

export type Runtime = Ports & { readonly db: Database; readonly close: () => Promise<void> };

/** How long one look for the pulse may take: it comes each second. */
const PULSE_STATEMENT_MS = 2000;
/** A page waits no longer for one statement: it then says what it could not read. */
const PAGE_STATEMENT_MS = 8000;

/** Remembers the promise, not the result, so that two callers at once make one; a failure is not remembered. */
const memoize = <Value>(create: () => Promise<Value>): (() => Promise<Value>) => {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= create().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
};

/** Where mail goes without a mail server, from the folder that the product runs in. */
const MAIL_FOLDER = ".data/mail";

const refuseMarket = (message: string): Promise<never> => Promise.reject(new AppError("venue-unreachable", message));

/** Where each venue's prices come from. */
const openMarkets = (options: RuntimeOptions): Ports["marketDataOf"] => {
  const { demoUrl, demoVenueId } = options;
  const okx = memoize((): Promise<MarketData> => {
    const baseUrl = options.okxBaseUrl ?? getEnvironment().OKX_BASE_URL;
    return createOkxMarketData(baseUrl === undefined ? {} : { baseUrl, limiter: !isLoopbackUrl(baseUrl) });
  });
  const demo = memoize((): Promise<MarketData> => {
    if (demoUrl === undefined) return refuseMarket("The demo market is not running.");
    // Our own limit instead of ccxt's: the demo market answers on loopback and never bans.
    return createOkxMarketData({ baseUrl: demoUrl, limiter: false });
  });
  const openers: Readonly<Record<VenueKind, (venue: VenueRef) => Promise<MarketData>>> = {
    okx,
    demo: ({ id }) =>
      demoVenueId === undefined || id === demoVenueId
        ? demo()
        : refuseMarket("The market of this demo venue is not running: another demo market is."),
  };
  return (venue) => openers[venue.kind](venue);
};

/** A connection of its own, opened for the first listener: the pool's may all be waiting. */
const openPulse = (url: string) => {
  let db: Database | undefined;
  const look = () => {
    db ??= createDatabase({ url, poolMax: 1, statementMs: PULSE_STATEMENT_MS });
    return readPulse({ db });
  };
  return { source: createPulse({ look, wallNow: () => Date.now() }), close: () => db?.$disconnect() };
};

const openDatabase = ({ databaseUrl, poolMax, statementMs, keepsPrepared, onConnectionError }: RuntimeOptions) =>
  createDatabase({
    url: databaseUrl,
    ...(poolMax !== undefined && { poolMax }),
    ...(statementMs !== undefined && { statementMs }),
    ...(keepsPrepared !== undefined && { keepsPrepared }),
    ...(onConnectionError && { onConnectionError }),
  });

const NOBODYS_SITE: Site = {
  publicUrl: new URL("http://localhost:3000"),
  registration: "closed",
  hasMailServer: false,
};

const openMail = (settings: MailSettings) =>
  createMailSender({
    deliver:
      "folder" in settings
        ? createFileDelivery({ ...settings, say: (line) => void process.stdout.write(`${line}\n`) })
        : createSmtpDelivery({ url: settings.smtpUrl, from: settings.from }),
    onFailure: (error) => reportFailure("mail", error),
  });

/** The one place where ports meet adapters. */
export const createRuntime = (options: RuntimeOptions): Runtime => {
  const { databaseUrl, onConnectionError } = options;
  const db = openDatabase(options);
  const marketDataOf = openMarkets(options);
  const hints = createEventClient(databaseUrl, options.inngest ?? {});
  const live = createLiveSignals({
    url: options.listenUrl ?? databaseUrl,
    channel: LIVE_CHANNEL,
    ...(onConnectionError && { onLost: onConnectionError }),
  });
  const pulse = openPulse(databaseUrl);
  const mail = openMail(options.mail ?? { folder: MAIL_FOLDER });
  return {
    db,
    wallNow: options.wallNow ?? (() => Date.now()),
    retryDelayMs: options.retryDelayMs ?? retryDelayMs,
    newId: options.newId ?? (() => uuidv7()),
    marketDataOf,
    exchangeOf: (account, quoteOf) => {
      invariant(account.kind === "paper", `orders of a ${account.kind} account have no exchange yet`);
      return Promise.resolve(createPaperExchange({ quoteOf }));
    },
    news: createFileCalendar(() => options.newsCalendarFile ?? getEnvironment().NEWS_CALENDAR_FILE),
    candles: createCandleStore(db),
    contexts: createBotContexts(db),
    live,
    streams: createStreamSeats(),
    exports: createExportSeats(),
    calls: createCallCounter(),
    get quota() {
      return { ...quotaOf(getEnvironment()), ...options.quota };
    },
    modelOf: createMessagesModel,
    get models() {
      return { ...modelSettingsOf(getEnvironment()), ...options.models };
    },
    resolveHost,
    outside: options.outside ?? NOBODY_OUTSIDE,
    pulse: pulse.source,
    mail,
    site: options.site ?? NOBODYS_SITE,
    events: {
      clockSet: async ({ venueId, anchorWall }) => {
        await hints.client.send(clockSet.create({ venueId }, { id: `clock:${venueId}:${anchorWall}` }));
      },
      commandAsked: async ({ botId, commandId }) => {
        await hints.client.send(commandAsked.create({ botId, commandId }, { id: `command:${commandId}` }));
      },
    },
    close: async () => {
      await mail.settled();
      await hints.close();
      await live.close();
      await pulse.close();
      await db.$disconnect();
    },
  };
};

/** What the web part of the product works with. */
export type Server = { readonly ports: Runtime; readonly auth: AuthSettings };

/** Next loads this module once per bundle and again after each change: one runtime serves them all. */
const shared = globalThis as { oxbotServer?: Server };

/** This process's runtime by its environment, created at the first call. Throws when a setting is missing. */
export const getServer = (): Server => {
  if (shared.oxbotServer) return shared.oxbotServer;
  const environment = getEnvironment();
  const auth: AuthSettings = {
    secret: getAuthSecret(environment),
    publicUrl: getPublicUrl(environment),
    trustedProxyHops: environment.TRUSTED_PROXY_HOPS,
  };
  const listenUrl = getDatabaseUrl("DIRECT_URL", environment);
  const { SMTP_URL: smtpUrl, MAIL_FROM: from, MAIL_FOLDER: folder = MAIL_FOLDER } = environment;
  shared.oxbotServer = {
    ports: createRuntime({
      databaseUrl: getDatabaseUrl("DATABASE_URL", environment),
      listenUrl,
      statementMs: PAGE_STATEMENT_MS,
      inngest: environment,
      site: {
        publicUrl: auth.publicUrl,
        registration: environment.REGISTRATION,
        hasMailServer: smtpUrl !== undefined,
      },
      mail: smtpUrl !== undefined && from !== undefined ? { smtpUrl, from } : { folder },
    }),
    auth,
  };
  return shared.oxbotServer;
};
