/*
 * The link session, as a model that Spin searches completely (version 2 of the protocol).
 * build/spin-check.sh runs it; docs/protocol.md, "Model", says what was found.
 *
 * How to read it. Promela is the input language of Spin. A "proctype" is a process; all run at
 * once. "do :: A :: B od" repeats: of the options whose first statement can be executed, any one may
 * be taken next. Spin tries all of them in every state, in every order, so "may happen" in this file
 * means "is tried at every moment". "d_step { .. }" is one indivisible step. "chan ! x" puts a frame
 * in at the end of a connection, "chan ? x" takes the first one out. "inline" is a macro. "hidden"
 * marks scratch variables that are no part of the state. An "assert" that can fail is found, and so
 * is a state from which nobody can go on although the work is not done.
 *
 * To see an error step by step, for instance that of SILENT_DROP with one path:
 *   spin -a -DPATHS=1 -DSILENT_DROP session.pml && gcc -O2 -DNOFAIR -o pan pan.c && ./pan -a
 *   spin -t -p -g -DPATHS=1 -DSILENT_DROP session.pml
 *
 * Two models in one file:
 *   without -DLANES  one stream (one lane) over one or two paths: numbers, cursor, receipts, gaps;
 *   with    -DLANES  two streams, urgent and bulk: no bulk record before the urgent ones it follows.
 *
 * Bounds, each may be given with -D: how many records, paths and misfortunes.
 *   N       records numbered at most
 *   PATHS   1: one connection after another. 2: a direct and a relayed connection at the same time
 *   FAULTS  crashes, resets and lost frames, in any mixture, at any moment
 *   DROPS   records that retention takes away before they are acknowledged
 *   BEATS   heartbeats at any moment (those that the silence timer causes are not limited)
 *   CAP     frames in flight per direction of a path
 *
 * Mistakes on purpose, each given with -D; Spin must find an error with every one:
 *   ACK_BEFORE_DURABLE  the recipient answers before its journal has the cursor
 *   REUSE_NUMBER        a crash forgets numbers of unacknowledged records that the journal should hold
 *   SILENT_DROP         retention takes records away and no Gap says so
 *   NO_CURSOR_CHECK     the recipient takes what comes
 *   GAP_AS_TOLD         the recipient books a Gap as told, though it holds part of it already
 *   NO_RESEND           an answered heartbeat does not make the originator send again
 *   NO_SILENCE          nobody gives up a connection whose Hello or Welcome was lost
 *   STRICT_WELCOME, STRICT_ACK, STRICT_MARK
 *                       checks as version 1 has them, for one path; with two they refuse a partner
 *                       that did nothing wrong
 *   NO_HOLD, HOLD_SENT, FORGET_HOLD
 *                       with -DLANES: bulk is not held; is held only until the urgent records are
 *                       sent; a crash forgets what it waits for
 */

#ifndef N
#define N 3
#endif
#ifndef FAULTS
#define FAULTS 2
#endif
#ifndef DROPS
#define DROPS 1
#endif
#ifndef CAP
#define CAP 2
#endif

#define THROUGH(n) ((1 << (n)) - 1)   /* a set of numbers is a bit mask: 1 .. n */
#define ONLY(n) (1 << ((n) - 1))      /* n alone */

/* Misfortunes left. Once "calm" there are none and no new records: then all must come to its end. */
byte faults = FAULTS;
byte drops = DROPS;
bit calm;
bit finished;

#ifndef LANES
/* ======================================================================= one stream, its paths */

#ifndef PATHS
#define PATHS 2
#endif
#ifndef BEATS
#define BEATS 1
#endif

/*
 * Frames and their three fields. h stands for a chain hash: h(n) is the set of contents of the
 * records 1 .. n, one bit a record, so two hashes are equal exactly when everything before them is.
 * A number given again to another record, after a crash, has the other bit. Signatures are not
 * modelled: nobody forges here. HELLO -; WELCOME next, -, h; BATCH first, last, h(last);
 * GAP from, to, h(to); ACK next, -, h; BEAT mark; ANSWER mark.
 */
mtype = { HELLO, WELCOME, BATCH, GAP, ACK, BEAT, ANSWER };
chan toR[PATHS] = [CAP] of { mtype, byte, byte, byte };
chan toO[PATHS] = [CAP] of { mtype, byte, byte, byte };

/* The originator's stream. What is in its journal survives a crash. */
byte oLast;     /* memory:  the last number given */
byte dLast;     /* journal: the last number given */
byte content;   /* journal: contents of the numbered records, as h */
byte acked;     /* journal: all up to here is held durably by the recipient, by a signed receipt */
byte dropped;   /* journal: all up to here is not held any more, by retention */
byte oGaps;     /* journal: the numbers that retention took unacknowledged */

/* The originator's end of each path; lost in a crash. */
#define DOWN 0
#define GREETING 1
#define UP 2
byte oState[PATHS];
byte next[PATHS];      /* the next number to send on this path */
byte atHello[PATHS];   /* acked when the Hello was sent */
byte beatSent[PATHS];  /* a heartbeat is unanswered: the last number sent before it; else 0 */

/* The recipient's stream. */
byte rCur;      /* memory:  the last number taken */
byte rHash;     /* memory:  the chain hash after it */
byte dCur;      /* journal */
byte dHash;     /* journal */
byte dMark;     /* journal: the highest mark announced */
byte rGaps;     /* journal: the numbers it knows to be missing */

/* The recipient's end of each path; lost in a crash. */
bit rUp[PATHS];
byte leastMark[PATHS];  /* no later heartbeat of this path may have a lower mark */

/*
 * The recipient works in three steps: a frame is taken (the pure step), the journal is written, the
 * answer leaves. A crash can come between any two.
 */
#define IDLE 0
#define TAKEN 1
#define WRITTEN 2
byte stage;
byte onPath;     /* the path of the frame in work */
mtype answer;    /* what will be answered */
byte first;      /* the first number to deliver, or to book as a gap; 0: nothing new */
bit isGap;

/*
 * A connection that ends. The two ends do not notice together, and what one end has sent may still
 * come in at the other after the sender is gone.
 */
bit orphan[PATHS];  /* the originator's end is gone; what R reads before the next Hello is of the old
                       connection, and R's answers to it reach nobody */
bit closed[PATHS];  /* the recipient's end is gone; O may read what is left, or lose it */

byte beats = BEATS; /* left of those at any moment */

byte told;      /* observer: the last number delivered, or booked as missing, at the recipient */

hidden mtype k;
hidden byte a;
hidden byte b;
hidden byte h;
hidden byte i;

#define QUIET(p) (len(toR[p]) == 0 && len(toO[p]) == 0 && !(stage != IDLE && onPath == p) && !closed[p])

inline discard(c) { do :: len(c) > 0 -> c ? k, a, b, h :: else -> break od; skip }

inline originatorEndGone(p) {
  if
  :: oState[p] == GREETING && (len(toR[p]) > 0 || closed[p]) -> discard(toR[p]) /* the Hello was not read */
  :: else
  fi;
  oState[p] = DOWN;
  next[p] = 0;
  atHello[p] = 0;
  beatSent[p] = 0;
  discard(toO[p]);
  closed[p] = 0;
  orphan[p] = rUp[p]
}

inline recipientEndGone(p) {
  rUp[p] = 0;
  leastMark[p] = 0;
  orphan[p] = 0;
  discard(toR[p]);
  closed[p] = (oState[p] != DOWN)
}

/* Path q goes on after what has been acknowledged by whatever path: that is not held any more. */
inline skipAcknowledged(q) {
  if
  :: oState[q] == UP && next[q] <= acked -> next[q] = acked + 1
  :: else
  fi
}

/* A Welcome or an Ack. Both are receipts; either may be older than one that another path brought. */
inline onReceipt(p) {
  /* CURSOR_AHEAD: against all numbers in the journal, not against what this path will send next: the
     other path may have brought the rest, or this one may have begun to send again. */
  assert(a - 1 <= dLast);
#ifdef STRICT_ACK
  assert(k == WELCOME || a <= next[p]);
#endif
  /* CURSOR_BEHIND: against what was acknowledged when this path said Hello: an Ack by the other path
     may have overtaken this Welcome. */
#ifdef STRICT_WELCOME
  assert(k == ACK || a - 1 >= acked);
#else
  assert(k == ACK || a - 1 >= atHello[p]);
#endif
  /* CHAIN_DISAGREES: as far as hashes are kept, which is from the last receipt on, dropped records
     included. */
  assert(a - 1 < acked || h == (content & THROUGH(a - 1)));
  /* An acknowledged record is durable at the recipient. */
  assert(a - 1 <= dCur);
  if
  :: a - 1 > acked -> acked = a - 1   /* a stale receipt changes nothing: acked never goes back */
  :: else
  fi;
  if
  :: k == WELCOME -> oState[p] = UP; next[p] = a; atHello[p] = 0
  :: else
  fi;
  skipAcknowledged(0);
#if PATHS > 1
  skipAcknowledged(1);
#endif
}

/*
 * The answer to a heartbeat was made after all that was sent on this path before the heartbeat, and
 * comes after the Acks for it. So whatever is unacknowledged now was lost under way, or its Ack was:
 * send it again. The answer is not signed; it is never a receipt.
 */
inline onAnswer(p) {
  assert(a <= dLast);
#ifndef NO_RESEND
  if
  :: acked < beatSent[p] -> next[p] = acked + 1
  :: else
  fi;
#endif
  beatSent[p] = 0
}

#define OLDEST (1 + (acked > dropped -> acked : dropped))

#define ORIGINATOR_ON(p) \
  :: d_step { oState[p] == DOWN && len(toR[p]) < CAP -> /* dial and greet */ \
       toR[p] ! HELLO, 0, 0, 0; oState[p] = GREETING; atHello[p] = acked } \
  :: d_step { len(toO[p]) > 0 -> \
       toO[p] ? k, a, b, h; \
       if \
       :: k == ANSWER -> onAnswer(p) \
       :: else -> onReceipt(p) \
       fi } \
  :: d_step { oState[p] == UP && next[p] <= dropped && len(toR[p]) < CAP -> /* what is not held */ \
       SEND_GAP(p); next[p] = dropped + 1 } \
  :: d_step { oState[p] == UP && next[p] > dropped && next[p] <= dLast && len(toR[p]) < CAP -> \
       toR[p] ! BATCH, next[p], next[p], content & THROUGH(next[p]); next[p] = next[p] + 1 } \
  :: d_step { oState[p] == UP && next[p] > dropped && next[p] < dLast && len(toR[p]) < CAP -> \
       toR[p] ! BATCH, next[p], dLast, content & THROUGH(dLast); next[p] = dLast + 1 } \
  :: d_step { oState[p] == UP && QUIET(p) && next[p] > dLast && acked < dLast -> /* by the timer */ \
       toR[p] ! BEAT, dLast, 0, 0; beatSent[p] = next[p] - 1 } \
  :: d_step { oState[p] == UP && beats > 0 && beatSent[p] == 0 && len(toR[p]) < CAP -> /* any time */ \
       toR[p] ! BEAT, dLast, 0, 0; beatSent[p] = next[p] - 1; beats-- } \
  :: d_step { SILENCE(p) -> originatorEndGone(p) } /* silent for 10 s */ \
  :: d_step { closed[p] -> originatorEndGone(p) }

#ifdef SILENT_DROP
#define SEND_GAP(p) skip
#else
#define SEND_GAP(p) toR[p] ! GAP, next[p], dropped, content & THROUGH(dropped)
#endif

#ifdef NO_SILENCE
#define SILENCE(p) false
#else
#define SILENCE(p) (oState[p] == GREETING && QUIET(p))
#endif

active proctype Originator() {
  do
  ORIGINATOR_ON(0)
#if PATHS > 1
  ORIGINATOR_ON(1)
#endif
  :: d_step { !calm && oLast < N -> oLast++ }           /* step: a report is released, gets a number */
  :: d_step { oLast > dLast -> dLast = oLast }          /* append: now it may be sent */
  :: d_step { drops > 0 && OLDEST <= dLast ->           /* retention takes the oldest one held */
       dropped = OLDEST; oGaps = oGaps | ONLY(dropped); drops-- }
  :: atomic { calm && oLast == dLast && acked == dLast -> /* the only proper end of this process */
       assert(dCur == dLast && told == dLast);          /* everything was delivered or gapped, */
       assert(dHash == (content & THROUGH(dLast)));     /* and is what the originator numbered */
       finished = 1;
       break }
  od
}

/* Refuses a frame that has numbers missing before it: code GAP. Nothing of it is used. */
inline takeNumbers() {
  if
#ifndef NO_CURSOR_CHECK
  :: a > rCur + 1 -> recipientEndGone(onPath)
  :: a <= rCur + 1 && b <= rCur -> stage = TAKEN; answer = ACK    /* nothing new: acknowledge again */
  :: a <= rCur + 1 && b > rCur ->
       /* CHAIN_BROKEN: my chain, led on by what is new in the batch, must be the chain stated. A Gap
          states the hash to go on from. */
       assert(k == GAP || (rHash | (h & ~THROUGH(rCur))) == h);
#ifdef GAP_AS_TOLD
       first = (k == GAP -> a : rCur + 1);
#else
       first = rCur + 1;   /* of a Gap too: what I hold of it is not missing */
#endif
#else
  :: true ->
       first = a;
#endif
       isGap = (k == GAP);
       rCur = b;
       rHash = h;
       stage = TAKEN;
       answer = ACK
  fi
}

inline onBeat(p) {
  /* MARK_BEHIND: against what was announced when this path was greeted, and on this path since: the
     other path may be ahead. */
#ifdef STRICT_MARK
  assert(a >= dMark && a >= rCur);
#else
  assert(a >= leastMark[p]);
#endif
  leastMark[p] = a;
  stage = TAKEN;
  answer = ANSWER
}

/* The pure step. Frames without a connection, but Hello, are of one that is gone. */
#define RECIPIENT_ON(p) \
  :: d_step { stage == IDLE && len(toR[p]) > 0 -> \
       toR[p] ? k, a, b, h; \
       onPath = p; \
       if \
       :: k == HELLO -> \
            rUp[p] = 1; orphan[p] = 0; leastMark[p] = (dMark > dCur -> dMark : dCur); \
            stage = TAKEN; answer = WELCOME \
       :: k != HELLO && !rUp[p] -> skip \
       :: k == BEAT && rUp[p] -> onBeat(p) \
       :: (k == BATCH || k == GAP) && rUp[p] -> takeNumbers() \
       fi; \
       if :: stage == IDLE -> onPath = 0 :: else fi }

/* The journal is written: from here on the cursor survives, and deliveries have happened. */
inline append() {
  assert(rCur >= dCur);                          /* the cursor never goes back */
  if
  :: first != 0 && !isGap ->
       for (i : first .. rCur) {
         assert(i == told + 1);                  /* in order, exactly once */
         told = i
       }
  :: first != 0 && isGap ->
       for (i : first .. rCur) {
         assert(i == told + 1);                  /* no gap over what was delivered */
         assert((oGaps & ONLY(i)) != 0);         /* no gap that the originator does not know */
         rGaps = rGaps | ONLY(i);
         told = i
       }
  :: else
  fi;
  dCur = rCur;
  dHash = rHash;
  if
  :: answer == ANSWER && leastMark[onPath] > dMark -> dMark = leastMark[onPath]
  :: else
  fi;
  first = 0;
  isGap = 0
}

/* The answer leaves, if the connection that asked is still there. */
inline act() {
  if
  :: rUp[onPath] && !orphan[onPath] && answer == ANSWER -> toO[onPath] ! ANSWER, rCur, 0, 0
  :: rUp[onPath] && !orphan[onPath] && answer != ANSWER -> toO[onPath] ! answer, rCur + 1, 0, rHash
  :: else
  fi
}

inline idle() { stage = IDLE; onPath = 0; answer = 0 }

#define ROOM (!rUp[onPath] || orphan[onPath] || len(toO[onPath]) < CAP)

active proctype Recipient() {
end:
  do
  RECIPIENT_ON(0)
#if PATHS > 1
  RECIPIENT_ON(1)
#endif
#ifndef ACK_BEFORE_DURABLE
  :: d_step { stage == TAKEN -> append(); stage = WRITTEN }
  :: d_step { stage == WRITTEN && ROOM -> act(); idle() }
#else
  :: d_step { stage == TAKEN && ROOM -> act(); stage = WRITTEN }
  :: d_step { stage == WRITTEN -> append(); idle() }
#endif
  od
}

#define FAULTS_ON(p) \
  :: d_step { faults > 0 && oState[p] != DOWN -> originatorEndGone(p); faults-- } \
  :: d_step { faults > 0 && oState[p] != DOWN && !closed[p] -> recipientEndGone(p); faults-- }

#define RELAY (PATHS - 1) /* the path on which a single frame may be lost within a connection */

active proctype Misfortune() {
end:
  do
  FAULTS_ON(0)
#if PATHS > 1
  FAULTS_ON(1)
#endif
  :: d_step { faults > 0 && len(toR[RELAY]) > 0 -> toR[RELAY] ? k, a, b, h; faults-- }
  :: d_step { faults > 0 && len(toO[RELAY]) > 0 -> toO[RELAY] ? k, a, b, h; faults-- }
  :: d_step { faults > 0 -> /* the originator crashes: numbers not in the journal were told to nobody;
                               when given again they are other records */
#ifdef REUSE_NUMBER
       dLast = acked;
       dropped = (dropped > acked -> acked : dropped);
#endif
       content = content ^ (THROUGH(oLast) & ~THROUGH(dLast));
       oLast = dLast;
       originatorEndGone(0);
#if PATHS > 1
       originatorEndGone(1);
#endif
       faults-- }
  :: d_step { faults > 0 -> /* the recipient crashes */
       rCur = dCur;
       rHash = dHash;
       first = 0;
       isGap = 0;
       idle();
       recipientEndGone(0);
#if PATHS > 1
       recipientEndGone(1);
#endif
       faults-- }
  :: d_step { !calm -> calm = 1; faults = 0; drops = 0; beats = 0 }
  od
}

#else
/* ============================================================================ two lanes, LANES */
/*
 * Each lane is a stream on a connection of its own, so either may overtake the other. What the first
 * model has shown is taken for granted here: a lane is in order, a connection starts at the durable
 * cursor, a receipt is true. A step and its append are one step.
 *
 * To be shown: when a bulk record is delivered, every urgent record released before it has been
 * delivered, or is in a gap the recipient knows. The originator holds bulk back for that.
 */
#define URGENT 0
#define BULK 1

mtype = { RECORD, GAP };
chan toR[2] = [CAP] of { mtype, byte };  /* RECORD number; GAP last number missing */
chan toO[2] = [CAP] of { byte };         /* ACK: all up to here is durable */

byte oLast[2];          /* memory:  the last number given */
byte dLast[2];          /* journal: the same */
byte follows[N + 1];    /* journal: bulk record n was released after this urgent number */
byte acked[2];          /* journal */
byte dropped[2];        /* journal: not held any more, by retention */
byte dCur[2];           /* journal of the recipient: all up to here delivered or booked as missing */
bit up[2];              /* connected */
byte next[2];           /* the next number to send; stays when the connection goes */

hidden mtype k;
hidden byte n;

#if defined(NO_HOLD)
#define MAY_GO true
#elif defined(HOLD_SENT)
#define MAY_GO (next[URGENT] > follows[next[BULK]])
#elif defined(FORGET_HOLD)
bit forgot;
#define MAY_GO (forgot || acked[URGENT] >= follows[next[BULK]])
#else
#define MAY_GO (acked[URGENT] >= follows[next[BULK]])
#endif

#define OLDEST(l) (1 + (acked[l] > dropped[l] -> acked[l] : dropped[l]))

inline laneGone(l) {
  up[l] = 0;
  do :: len(toR[l]) > 0 -> toR[l] ? k, n :: else -> break od;
  do :: len(toO[l]) > 0 -> toO[l] ? n :: else -> break od;
  skip
}

#define ORIGINATOR_ON(l, mayGo) \
  :: d_step { !up[l] -> /* Hello and Welcome */ \
       up[l] = 1; next[l] = dCur[l] + 1; assert(dCur[l] >= acked[l]); acked[l] = dCur[l] } \
  :: d_step { len(toO[l]) > 0 -> \
       toO[l] ? n; if :: n > acked[l] -> acked[l] = n :: else fi } \
  :: d_step { up[l] && next[l] <= dropped[l] && len(toR[l]) < CAP -> \
       toR[l] ! GAP, dropped[l]; next[l] = dropped[l] + 1 } \
  :: d_step { up[l] && next[l] > dropped[l] && next[l] <= dLast[l] && len(toR[l]) < CAP && (mayGo) -> \
       toR[l] ! RECORD, next[l]; next[l] = next[l] + 1 } \
  :: d_step { drops > 0 && OLDEST(l) <= dLast[l] -> \
       dropped[l] = OLDEST(l); drops-- }

active proctype Originator() {
  do
  ORIGINATOR_ON(URGENT, true)
  ORIGINATOR_ON(BULK, MAY_GO)
  :: d_step { !calm && oLast[URGENT] < N -> oLast[URGENT]++ }
  :: d_step { !calm && oLast[BULK] < N -> oLast[BULK]++; follows[oLast[BULK]] = oLast[URGENT] }
  :: d_step { oLast[URGENT] > dLast[URGENT] || oLast[BULK] > dLast[BULK] -> /* both in one transaction */
       dLast[URGENT] = oLast[URGENT]; dLast[BULK] = oLast[BULK] }
  :: atomic { calm && oLast[URGENT] == dLast[URGENT] && oLast[BULK] == dLast[BULK] &&
              acked[URGENT] == dLast[URGENT] && acked[BULK] == dLast[BULK] ->
       finished = 1;
       break }
  od
}

#define RECIPIENT_ON(l) \
  :: d_step { len(toR[l]) > 0 && len(toO[l]) < CAP -> \
       toR[l] ? k, n; \
       if \
       :: k == RECORD && n > dCur[l] -> \
            assert(n == dCur[l] + 1); \
            assert(l == URGENT || follows[n] <= dCur[URGENT]); /* the rule */ \
            dCur[l] = n \
       :: k == GAP && n > dCur[l] -> dCur[l] = n \
       :: else \
       fi; \
       toO[l] ! dCur[l] }

active proctype Recipient() {
end:
  do
  RECIPIENT_ON(URGENT)
  RECIPIENT_ON(BULK)
  od
}

active proctype Misfortune() {
end:
  do
  :: d_step { faults > 0 && up[URGENT] -> laneGone(URGENT); faults-- }
  :: d_step { faults > 0 && up[BULK] -> laneGone(BULK); faults-- }
  :: d_step { faults > 0 -> /* the originator crashes; a crash of the recipient is both lanes reset */
       oLast[URGENT] = dLast[URGENT];
       for (n : dLast[BULK] + 1 .. oLast[BULK]) { follows[n] = 0 }
       oLast[BULK] = dLast[BULK];
#ifdef FORGET_HOLD
       forgot = 1;
#endif
       laneGone(URGENT);
       laneGone(BULK);
       faults-- }
  :: d_step { !calm -> calm = 1; faults = 0; drops = 0 }
  od
}
#endif

/*
 * Everything ends: no run, however the steps are interleaved, is calm for ever without being
 * finished, be it that nobody can go on or that all go round in circles.
 */
never {
before:
  do
  :: !calm
  :: calm && !finished -> goto accept
  :: finished -> goto after
  od;
accept:
  do
  :: !finished
  :: finished -> goto after
  od;
after:
  do
  :: true
  od
}
