/** A server refuses a request of more than 5,000 events or of several megabytes. */
const EVENTS_MAX = 1000;
const BYTES_MAX = 1_000_000;

/** Splits events, in order, into requests that a server accepts. An event too long by itself gets its own request. */
export const cutIntoRequests = <Event>(
  events: readonly Event[],
  { eventsMax = EVENTS_MAX, bytesMax = BYTES_MAX } = {},
): Event[][] => {
  const requests: Event[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const event of events) {
    const size = Buffer.byteLength(JSON.stringify(event));
    const last = requests.at(-1);
    if (last && last.length < eventsMax && bytes + size <= bytesMax) {
      last.push(event);
      bytes += size;
    } else {
      requests.push([event]);
      bytes = size;
    }
  }
  return requests;
};

/** Sends one request, by a step or a client. `name` is the step's, the same in each replay. */
type SendRequest<Event> = (name: string, events: Event[]) => Promise<unknown>;

/** Sends any number of events in requests that a server accepts. The first keeps `name`, for runs in progress. */
export const sendEvents = async <Event>(
  send: SendRequest<Event>,
  name: string,
  events: readonly Event[],
): Promise<void> => {
  for (const [index, request] of cutIntoRequests(events).entries()) {
    await send(index === 0 ? name : `${name}-${index + 1}`, request);
  }
};
