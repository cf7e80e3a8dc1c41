package dev.muster.api.size;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which sizes lie between two others, of the catalogue that ships. */
class SizeCatalogueTest {
  private static final SizeCatalogue SIZES = SizeCatalogues.load(ConfigFactory.load());

  private static List<String> between(String smallest, String largest) {
    return SIZES.between(smallest, largest).stream().map(ReplicaSize::name).toList();
  }

  @Test
  void sizesOfOneRowStayAmongThemselves() {
    assertEquals(List.of("small", "medium", "large", "xlarge"), between("small", "xlarge"));
    assertEquals(List.of("50cc", "100cc", "200cc"), between("50cc", "200cc"));
    assertEquals(List.of("1", "2", "4"), between("1", "4"));
  }

  @Test
  void betweenDifferentRowsEachExtentComesOnce() {
    assertEquals(List.of("50cc", "100cc", "200cc", "300cc", "medium"), between("50cc", "medium"));
    assertEquals(List.of("xsmall", "200cc", "300cc", "400cc"), between("xsmall", "400cc"));
  }

  @Test
  void oneSizeLiesBetweenItselfAndNoneBetweenALargerAndASmaller() {
    assertEquals(List.of("small"), between("small", "small"));
    assertEquals(List.of(), between("xlarge", "small"));
    assertEquals(List.of(), between("small", "huge"));
  }
}
