package parallax.credentials;

import java.math.BigInteger;

/**
 * A point of edwards25519 in affine coordinates (RFC 8032, section 5.1), slow and plain: to make
 * signatures by hand that no signer makes.
 */
record EdwardsPoint(BigInteger x, BigInteger y) {
  /** The field's prime, 2^255 - 19. */
  static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /** The order of the group that the base point makes. */
  static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(inverse(BigInteger.valueOf(121666))).mod(PRIME);

  static final EdwardsPoint IDENTITY = new EdwardsPoint(BigInteger.ZERO, BigInteger.ONE);

  /** y is 4/5, x is even. */
  static final EdwardsPoint BASE =
      of(BigInteger.valueOf(4).multiply(inverse(BigInteger.valueOf(5))).mod(PRIME), false);

  /** The point of a y and the lowest bit of x. */
  static EdwardsPoint of(BigInteger y, boolean odd) {
    BigInteger yy = y.multiply(y).mod(PRIME);
    BigInteger xx =
        yy.subtract(BigInteger.ONE)
            .multiply(inverse(D.multiply(yy).add(BigInteger.ONE)))
            .mod(PRIME);
    BigInteger x = xx.modPow(PRIME.add(BigInteger.valueOf(3)).shiftRight(3), PRIME);
    if (!x.multiply(x).mod(PRIME).equals(xx)) {
      BigInteger root = BigInteger.TWO.modPow(PRIME.subtract(BigInteger.ONE).shiftRight(2), PRIME);
      x = x.multiply(root).mod(PRIME);
    }
    if (!x.multiply(x).mod(PRIME).equals(xx)) {
      throw new IllegalArgumentException("no point has that y");
    }
    return new EdwardsPoint(x.testBit(0) == odd ? x : PRIME.subtract(x).mod(PRIME), y);
  }

  EdwardsPoint plus(EdwardsPoint o) {
    BigInteger t = D.multiply(x).multiply(o.x).multiply(y).multiply(o.y).mod(PRIME);
    BigInteger across = x.multiply(o.y).add(o.x.multiply(y));
    BigInteger along = y.multiply(o.y).add(x.multiply(o.x));
    return new EdwardsPoint(
        across.multiply(inverse(BigInteger.ONE.add(t))).mod(PRIME),
        along.multiply(inverse(BigInteger.ONE.subtract(t))).mod(PRIME));
  }

  EdwardsPoint times(BigInteger n) {
    EdwardsPoint sum = IDENTITY;
    for (int i = n.bitLength() - 1; i >= 0; i--) {
      sum = sum.plus(sum);
      if (n.testBit(i)) {
        sum = sum.plus(this);
      }
    }
    return sum;
  }

  /** The 32 bytes of the point. */
  byte[] encoded() {
    return encoded(y, x.testBit(0));
  }

  /** The 32 bytes of a y, which may be at or above the prime, and of the lowest bit of x. */
  static byte[] encoded(BigInteger y, boolean odd) {
    byte[] bytes = littleEndian(y);
    bytes[31] |= (byte) (odd ? 0x80 : 0);
    return bytes;
  }

  static byte[] littleEndian(BigInteger n) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = n.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }

  static BigInteger number(byte[] littleEndian) {
    BigInteger n = BigInteger.ZERO;
    for (int i = littleEndian.length - 1; i >= 0; i--) {
      n = n.shiftLeft(8).or(BigInteger.valueOf(littleEndian[i] & 0xff));
    }
    return n;
  }

  private static BigInteger inverse(BigInteger n) {
    return n.modInverse(PRIME);
  }
}
