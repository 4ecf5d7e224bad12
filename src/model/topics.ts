/** What a path may have to do with conditional requests, as bits of a number. */
export const topics = {
  /** A response with the code 304. */
  304: 1,
  /** A response with the code 412. */
  412: 2,
  /** A response with the code 428. */
  428: 4,
  /** A PUT that may create, and may do so on condition that there is nothing yet: it has a response with the code 201. */
  creation: 8,
  /** HEAD, which is conditional in itself: rules look at its responses whatever their headers. */
  head: 16,
  /** A field of conditional requests or caching, in a response or among the parameters. */
  field: 32,
} as const;

/** One of the {@link topics}. */
export type Topic = keyof typeof topics;

/** A set of {@link topics}: the sum of their bits. */
export type Topics = number;

export const noTopics: Topics = 0;

/** The topics of a path of which too little is known. */
export const allTopics: Topics = Object.values(topics).reduce((all: Topics, topic) => all | topic, noTopics);
