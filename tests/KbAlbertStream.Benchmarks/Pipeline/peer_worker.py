#!/usr/bin/env python3
"""The rival of the pipeline without its encoder: confluent-kafka and psycopg2, one COPY a batch straight into scored_events,
positions in the same transaction. Without a dictionary it masks nothing, links no institutions and counts nothing: much less
than the worker does. With one it does these, by eight patterns, names as they are written, and no regard for copies.
usage: peer_worker.py BOOTSTRAP DATABASE NEWS_TOPIC COMPLAINT_TOPIC RECORDS BATCH [DICTIONARY]   (ends after RECORDS)"""
import binascii, hashlib, io, json, re, sys, time
from datetime import datetime, timezone
import psycopg2, psycopg2.extras
from confluent_kafka import Consumer, TopicPartition

servers, database, news, complaints, wanted, size = sys.argv[1:5] + [int(x) for x in sys.argv[5:7]]
COLUMNS = """kind, recorded_at, topic, "partition", "offset", external_id, customer_ref, publisher, channel, url, language,
  sector, institution, primary_institution, institution_ids, institutions, occurred_at, title, text, masked, sentiment,
  p_negative, p_neutral, p_positive, reputation_labels, reputation, compliance_labels, compliance, negative_reputation,
  evidence, windows, content_hash, story_hash, model_version, label_set_version, masker_version, dictionary_version"""
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
COMPLIANCE = {"compliance_label_%d" % i: 0.0123 for i in range(17)}

MASKS = [(name, re.compile(pattern)) for name, pattern in (
    ("email", r"[\w.+-]+@[\w-]+\.[\w.]+"), ("card", r"\b\d{4}[- ]?\d{4}[- ]?\d{4}[- ]?\d{4}\b"),
    ("rrn", r"\b\d{6}[- ]?[1-8][\d*]{6}"), ("phone", r"\b01[016789][- .]?\d{3,4}[- .]?\d{4}\b"),
    ("business", r"\b\d{3}-\d{2}-\d{5}\b"), ("passport", r"\b[MSRGD]\d{8}\b"), ("ip", r"\b\d{1,3}(?:\.\d{1,3}){3}\b"),
    ("account", r"(?<=계좌 )\d{2,6}-\d{2,6}-\d{2,8}\b"))]
dictionary = json.load(open(sys.argv[7]))["institutions"] if len(sys.argv) > 7 else []
NAMES = {name: i["id"] for i in dictionary for name in [i["name"]] + i.get("aliases", []) + i.get("former_names", [])}
LINKS = re.compile("|".join(map(re.escape, sorted(NAMES, key=len, reverse=True)))) if dictionary else None
mentions = []

def mask(text, counts):
    for name, pattern in MASKS if text and dictionary else []:
        text, hits = pattern.subn("[" + name.upper() + "]", text)
        if hits:
            counts[name] = counts.get(name, 0) + hits
    return text

def field(value):
    return "\\N" if value is None else str(value).translate(ESCAPES)

def row(record):
    message, kind = json.loads(record.value()), "news" if record.topic() == news else "complaint"
    counts = {}
    title, text = mask(message.get("title"), counts), mask(message.get("body" if kind == "news" else "text"), counts)
    content = ((title or "") + " " + (text or "")).encode()
    draw = binascii.crc32(content)
    chosen = "reputation_label_%d" % (draw // 10 % 19) if draw % 10 < 3 else None
    reputation = {"reputation_label_%d" % i: 0.0123 for i in range(19)}
    if chosen:
        reputation[chosen] = 0.9312
    negative, neutral, positive = (0.9312, 0.0456, 0.0232) if chosen else (0.0512, 0.8976, 0.0512)
    evidence = [{"label": chosen, "text": (text or "")[:60]}] if chosen else []
    institution, digest = message.get("institution"), "\\x" + hashlib.sha256(content).hexdigest()
    linked = sorted({NAMES[m] for m in LINKS.findall(content.decode())} if LINKS else set()) or ([institution] if institution else [])
    at = message["published_at" if kind == "news" else "received_at"]
    if dictionary and chosen:
        mentions.extend((kind, i, datetime.fromtimestamp(record.timestamp()[1] / 1000, timezone.utc), record.topic(),
            record.partition(), record.offset(), at, 90, message.get("publisher") or message.get("channel") or "", digest,
            message.get("customer_ref"), [chosen], True) for i in linked)
    return "\t".join(map(field, (
        kind, datetime.fromtimestamp(record.timestamp()[1] / 1000, timezone.utc), record.topic(), record.partition(),
        record.offset(), message["id"], message.get("customer_ref"), message.get("publisher"), message.get("channel"),
        message.get("url"), message.get("language"), message.get("sector"), institution, institution,
        "{%s}" % ",".join(linked),
        json.dumps([{"id": i, "relevance": 100} for i in linked]), at, title, text, json.dumps(counts),
        "negative" if chosen else "neutral", negative, neutral, positive, "{%s}" % chosen if chosen else "{}",
        json.dumps(reputation), "{}", json.dumps(COMPLIANCE), negative * max(reputation.values()),
        json.dumps(evidence, ensure_ascii=False), 1, digest, digest, "stub/1", "1", "1", "1"))) + "\n"

connection = psycopg2.connect(database)
cursor = connection.cursor()
for kind in ("news", "complaint"):
    cursor.execute("SELECT ensure_event_month(%s, now())", (kind,))
connection.commit()
consumer = Consumer({"bootstrap.servers": servers, "group.id": "peer", "enable.auto.commit": False, "fetch.max.bytes": 16777216})
consumer.assign([TopicPartition(t, p, 0) for t in (news, complaints) for p in consumer.list_topics(t).topics[t].partitions])
done = 0
while done < wanted:
    records = consumer.consume(size, timeout=0.05)
    if not records:
        continue
    cursor.copy_expert("COPY scored_events (%s) FROM STDIN" % COLUMNS, io.StringIO("".join(map(row, records))))
    if mentions:
        psycopg2.extras.execute_values(cursor, """INSERT INTO negative_mentions (kind, institution_id, recorded_at, topic,
            "partition", "offset", occurred_at, relevance, source, story_hash, customer_ref, categories, counted)
            VALUES %s ON CONFLICT DO NOTHING""", mentions, page_size=1000)
        rollups = {}
        for m in mentions:
            at = datetime.fromisoformat(m[6])
            key = (m[0], m[1], at.replace(minute=at.minute // 5 * 5, second=0, microsecond=0))
            for category in m[11] + ["all"]:
                rollups[key + (category,)] = rollups.get(key + (category,), 0) + 1
        psycopg2.extras.execute_values(cursor, """INSERT INTO reputation_rollup AS r (kind, institution_id, bucket, category, texts)
            VALUES %s ON CONFLICT (kind, institution_id, category, bucket) DO UPDATE SET texts = r.texts + excluded.texts""",
            [key + (texts,) for key, texts in rollups.items()], page_size=1000)
        mentions.clear()
    positions = {(r.topic(), r.partition()): r.offset() + 1 for r in records}
    cursor.executemany("""INSERT INTO partition_progress (topic, "partition", kind, next_offset) VALUES (%s, %s, %s, %s)
        ON CONFLICT (topic, "partition") DO UPDATE SET next_offset = excluded.next_offset""",
        [(t, p, "news" if t == news else "complaint", o) for (t, p), o in positions.items()])
    connection.commit()
    done += len(records)
print(time.process_time())  # CPU seconds
