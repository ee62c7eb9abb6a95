#!/usr/bin/env python3
"""The rival of the pipeline without its encoder: confluent-kafka and psycopg2, one COPY a batch straight into scored_events,
positions in the same transaction. It masks nothing, links no institutions and counts nothing: it does less than the worker.
usage: peer_worker.py BOOTSTRAP DATABASE NEWS_TOPIC COMPLAINT_TOPIC RECORDS BATCH   (ends when it has stored RECORDS)"""
import binascii, hashlib, io, json, sys, time
from datetime import datetime, timezone
import psycopg2
from confluent_kafka import Consumer, TopicPartition

servers, database, news, complaints, wanted, size = sys.argv[1:5] + [int(x) for x in sys.argv[5:7]]
COLUMNS = """kind, recorded_at, topic, "partition", "offset", external_id, customer_ref, publisher, channel, url, language,
  sector, institution, primary_institution, institution_ids, institutions, occurred_at, title, text, masked, sentiment,
  p_negative, p_neutral, p_positive, reputation_labels, reputation, compliance_labels, compliance, negative_reputation,
  evidence, windows, content_hash, story_hash, model_version, label_set_version, masker_version, dictionary_version"""
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
COMPLIANCE = {"compliance_label_%d" % i: 0.0123 for i in range(17)}

def field(value):
    return "\\N" if value is None else str(value).translate(ESCAPES)

def row(record):
    message, kind = json.loads(record.value()), "news" if record.topic() == news else "complaint"
    title, text = message.get("title"), message.get("body" if kind == "news" else "text")
    content = ((title or "") + " " + (text or "")).encode()
    draw = binascii.crc32(content)
    chosen = "reputation_label_%d" % (draw // 10 % 19) if draw % 10 < 3 else None
    reputation = {"reputation_label_%d" % i: 0.0123 for i in range(19)}
    if chosen:
        reputation[chosen] = 0.9312
    negative, neutral, positive = (0.9312, 0.0456, 0.0232) if chosen else (0.0512, 0.8976, 0.0512)
    evidence = [{"label": chosen, "text": (text or "")[:60]}] if chosen else []
    institution, digest = message.get("institution"), "\\x" + hashlib.sha256(content).hexdigest()
    at = message["published_at" if kind == "news" else "received_at"]
    return "\t".join(map(field, (
        kind, datetime.fromtimestamp(record.timestamp()[1] / 1000, timezone.utc), record.topic(), record.partition(),
        record.offset(), message["id"], message.get("customer_ref"), message.get("publisher"), message.get("channel"),
        message.get("url"), message.get("language"), message.get("sector"), institution, institution,
        "{%s}" % institution if institution else "{}",
        json.dumps([{"id": institution, "relevance": 100}] if institution else []), at, title, text, "{}",
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
    positions = {(r.topic(), r.partition()): r.offset() + 1 for r in records}
    cursor.executemany("""INSERT INTO partition_progress (topic, "partition", kind, next_offset) VALUES (%s, %s, %s, %s)
        ON CONFLICT (topic, "partition") DO UPDATE SET next_offset = excluded.next_offset""",
        [(t, p, "news" if t == news else "complaint", o) for (t, p), o in positions.items()])
    connection.commit()
    done += len(records)
print(time.process_time())  # CPU seconds
