"""Providers that know what may be written and nothing else, for `terraform validate` and `terraform test` without a registry.

    provider.py SCHEMAS FILE

SCHEMAS is what `terraform providers schema -json` prints, compressed by gzip. For each provider in it a server of Terraform's
plugin protocol (version 6) answers on loopback with that schema, and agrees to everything that fits it. FILE gets the value
for TF_REATTACH_PROVIDERS that leads Terraform to them. They run until they are stopped.

With `mock_provider` in a test Terraform itself makes plans and values up, so that nothing else is ever asked.
"""

import gzip
import json
import os
import sys
from concurrent import futures
from pathlib import Path

import grpc

# The protocol's messages are few and simple here: they are written by hand, by these field numbers of tfplugin6.proto.
VARINT, BYTES = 0, 2
NESTING = {"single": 1, "list": 2, "set": 3, "map": 4, "group": 5}
NOTHING = b""


def varint(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def number(field, value):
    """A number or a truth; what is 0 or false is left out, as the format wants it."""
    return varint(field << 3 | VARINT) + varint(int(value)) if value else NOTHING


def data(field, value):
    """Text, bytes or another message."""
    value = value.encode() if isinstance(value, str) else value
    return varint(field << 3 | BYTES) + varint(len(value)) + value


def attribute(name, schema):
    if "nested_type" in schema:
        kind = data(10, nested_type(schema["nested_type"]))
    else:
        kind = data(2, json.dumps(schema["type"]))
    flags = {4: "required", 5: "optional", 6: "computed", 7: "sensitive"}
    return data(1, name) + kind + b"".join(number(field, schema.get(flag)) for field, flag in flags.items())


def nested_type(schema):
    attributes = b"".join(data(1, attribute(*item)) for item in sorted(schema["attributes"].items()))
    return attributes + number(3, NESTING[schema["nesting_mode"]])


def nested_block(name, schema):
    return (
        data(1, name)
        + data(2, block(schema["block"]))
        + number(3, NESTING[schema["nesting_mode"]])
        + number(4, schema.get("min_items"))
        + number(5, schema.get("max_items"))
    )


def block(schema):
    attributes = schema.get("attributes", {})
    blocks = schema.get("block_types", {})
    return b"".join(data(2, attribute(*item)) for item in sorted(attributes.items())) + b"".join(
        data(3, nested_block(*item)) for item in sorted(blocks.items())
    )


def schema_message(schema):
    return number(1, schema.get("version")) + data(2, block(schema["block"]))


def provider_schema(provider):
    """The answer to GetProviderSchema."""
    entries = [(2, "resource_schemas"), (3, "data_source_schemas")]
    return (
        data(1, schema_message(provider["provider"]))
        + b"".join(
            data(field, data(1, name) + data(2, schema_message(schema)))
            for field, kind in entries
            for name, schema in sorted(provider.get(kind, {}).items())
        )
        # Terraform may remember the answer, and need not ask again.
        + data(6, number(2, True))
    )


class Provider(grpc.GenericRpcHandler):
    """Answers every call: the one for the schema with the schema, the others with "nothing to object to"."""

    def __init__(self, schema):
        self.schema = provider_schema(schema)

    def service(self, call):
        # Terraform also tries to open streams for what plugins write and say to each other: these have nothing to say.
        if not call.method.startswith("/tfplugin6.Provider/"):
            return None
        answer = self.schema if call.method.endswith("/GetProviderSchema") else NOTHING
        return grpc.unary_unary_rpc_method_handler(lambda request, context: answer)


def serve(schema):
    """Starts a server; answers it and its port."""
    server = grpc.server(futures.ThreadPoolExecutor(4), [Provider(schema)], options=[("grpc.max_send_message_length", -1)])
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return server, port


def main(schemas, file):
    with gzip.open(schemas) as text:
        providers = json.load(text)["provider_schemas"]
    running = {address: serve(schema) for address, schema in providers.items()}
    reattach = {
        address: {
            "Protocol": "grpc",
            "ProtocolVersion": 6,
            "Pid": os.getpid(),
            "Test": True,
            "Addr": {"Network": "tcp", "String": f"127.0.0.1:{port}"},
        }
        for address, (_, port) in running.items()
    }
    # Renamed when complete: whoever waits for the file never reads half of it.
    unfinished = Path(file + ".unfinished")
    unfinished.write_text(json.dumps(reattach))
    unfinished.rename(file)
    for server, _ in running.values():
        server.wait_for_termination()


if __name__ == "__main__":
    main(*sys.argv[1:])
